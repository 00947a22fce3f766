<%@ page contentType="text/html; charset=UTF-8" import="java.net.*, java.nio.charset.StandardCharsets, java.sql.*" %>
<%!
    /* DATABASE_URL (scheme://user:password@host:port/name) as JDBC wants it; the container brings the driver. */
    private Connection connect() throws Exception {
        URI url = new URI(System.getenv("DATABASE_URL"));
        boolean postgresql = url.getScheme().startsWith("postgres");
        Class.forName(postgresql ? "org.postgresql.Driver" : "org.mariadb.jdbc.Driver");
        String[] user = url.getRawUserInfo().split(":", 2);
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return DriverManager.getConnection(
            (postgresql ? "jdbc:postgresql://" : "jdbc:mariadb://") + url.getHost() + port + url.getPath() + query,
            URLDecoder.decode(user[0], StandardCharsets.UTF_8), URLDecoder.decode(user[1], StandardCharsets.UTF_8));
    }

    private String text(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
%>
<!doctype html>
<html lang="en">
<head><title>Vitals</title></head>
<body>
<h1>Vitals</h1>
<%
    try (Connection connection = connect()) {
        if (request.getMethod().equals("POST")) {
            request.setCharacterEncoding("UTF-8");
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into measurement (person, systolic, diastolic, pulse) values (?, ?, ?, ?)")) {
                insert.setString(1, request.getParameter("person"));
                insert.setInt(2, Integer.parseInt(request.getParameter("systolic")));
                insert.setInt(3, Integer.parseInt(request.getParameter("diastolic")));
                insert.setInt(4, Integer.parseInt(request.getParameter("pulse")));
                insert.executeUpdate();
            }
        }
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(
                 "select person, systolic, diastolic, pulse from measurement order by id")) {
%>
<table>
<tr><th>who</th><th>systolic</th><th>diastolic</th><th>pulse</th></tr>
<%          while (row.next()) { %>
<tr><td><%= text(row.getString(1)) %></td><td><%= row.getInt(2) %></td><td><%= row.getInt(3) %></td><td><%= row.getInt(4) %></td></tr>
<%          } %>
</table>
<%
        }
    }
%>
<form method="post">
<input name="person" required placeholder="who">
<input name="systolic" type="number" required placeholder="systolic">
<input name="diastolic" type="number" required placeholder="diastolic">
<input name="pulse" type="number" required placeholder="pulse">
<button>keep</button>
</form>
</body>
</html>
