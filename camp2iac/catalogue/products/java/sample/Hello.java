import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Says what it was told. hello.jar: javac --release 11 Hello.java && jar --create --file hello.jar --main-class Hello Hello.class */
public class Hello {
  public static void main(String[] arguments) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.getInteger("server.port")), 0);
    byte[] greeting = System.getenv("GREETING").getBytes(StandardCharsets.UTF_8);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, greeting.length);
      exchange.getResponseBody().write(greeting);
      exchange.close();
    });
    server.start();
  }
}
