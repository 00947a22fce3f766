import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/** Logs in with each line of standard input: URL, user and password in base64. Without a user, the URL alone. */
public class Login {
    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            try (Connection connection = words.length == 1
                    ? DriverManager.getConnection(decoded(words[0]))
                    : DriverManager.getConnection(decoded(words[0]), decoded(words[1]), decoded(words[2]));
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(arguments[0])) {
                found.next();
                System.out.println("in");
            } catch (SQLException problem) {
                System.out.println(problem.getMessage().replace('\n', ' '));
            }
        }
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
