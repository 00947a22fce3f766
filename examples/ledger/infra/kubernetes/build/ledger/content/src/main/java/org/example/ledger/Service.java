package org.example.ledger;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;

/** Answers GET /accounts/NAME with its balance, and books the cents in the body of POST /accounts/NAME. */
final class Service {
    private static final String ACCOUNTS = "/accounts/";
    private final Book book;
    private final String currency;
    private final long limit;

    Service(Book book, String currency, long limit) {
        this.book = book;
        this.currency = currency;
        this.limit = limit;
    }

    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.equals("/healthz")) {
                book.balance("");
                send(exchange, 200, "ok");
            } else if (!path.startsWith(ACCOUNTS) || path.length() == ACCOUNTS.length()) {
                send(exchange, 404, "not found");
            } else if (exchange.getRequestMethod().equals("POST")) {
                book(exchange, path.substring(ACCOUNTS.length()));
            } else {
                send(exchange, 200, amount(book.balance(path.substring(ACCOUNTS.length()))));
            }
        } catch (SQLException error) {
            System.err.println("database: " + error.getMessage());
            send(exchange, 503, "the database does not answer");
        }
    }

    private void book(HttpExchange exchange, String account) throws IOException, SQLException {
        long cents;
        try {
            cents = Long.parseLong(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (NumberFormatException error) {
            send(exchange, 400, "the body is a number of cents");
            return;
        }
        if (cents < -limit || cents > limit) {
            send(exchange, 422, "more than " + amount(limit));
            return;
        }
        book.add(account, cents);
        send(exchange, 201, amount(book.balance(account)));
    }

    private String amount(long cents) {
        return String.format(Locale.ROOT, "%.2f %s", cents / 100.0, currency);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
