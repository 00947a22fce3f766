public class Ledger {
  public static void main(String[] arguments) {}
}
