package com.example;

class Orders {
  public static void main(String[] arguments) {
    System.out.println("ready");
  }
}
