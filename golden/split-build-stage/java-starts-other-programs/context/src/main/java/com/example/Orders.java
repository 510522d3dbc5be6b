package com.example;

class Orders {
  void start() throws Exception {
    new ProcessBuilder("git", "pull").start();
  }
}
