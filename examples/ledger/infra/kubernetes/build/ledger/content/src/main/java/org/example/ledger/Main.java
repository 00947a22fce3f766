package org.example.ledger;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Executors;

/** {@code java -jar ledger.jar} serves the ledger, {@code java -jar ledger.jar migrate} creates its tables. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Map<String, String> given = System.getenv();
        Book book = new Book(
                given.get("JDBC_DATABASE_URL"), given.get("JDBC_DATABASE_USERNAME"), given.get("JDBC_DATABASE_PASSWORD"));
        if (arguments.length == 1 && arguments[0].equals("migrate")) {
            try (var tables = Main.class.getResourceAsStream("/tables.sql")) {
                book.create(new String(tables.readAllBytes(), StandardCharsets.UTF_8));
            }
            System.out.println("the tables exist");
            return;
        }
        long limit = Long.parseLong(given.getOrDefault("LIMIT", "100000"));
        Service service = new Service(book, given.getOrDefault("CURRENCY", "EUR"), limit);
        int port = Integer.parseInt(given.getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", service::answer);
        server.start();
        System.out.println("listening on port " + port);
    }
}
