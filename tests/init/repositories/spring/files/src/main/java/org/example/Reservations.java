package org.example;

public class Reservations {
  public static void main(String[] arguments) {}
}
