package org.example.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The entries in the database. */
final class Book {
    private final String url;
    private final String user;
    private final String password;

    Book(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    void create(String tables) throws SQLException {
        try (Connection connection = connect(); var statement = connection.createStatement()) {
            statement.execute(tables);
        }
    }

    void add(String account, long cents) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.prepareStatement("insert into entries (account, cents) values (?, ?)")) {
            statement.setString(1, account);
            statement.setLong(2, cents);
            statement.executeUpdate();
        }
    }

    long balance(String account) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.prepareStatement(
                        "select coalesce(sum(cents), 0)::bigint from entries where account = ?")) {
            statement.setString(1, account);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
