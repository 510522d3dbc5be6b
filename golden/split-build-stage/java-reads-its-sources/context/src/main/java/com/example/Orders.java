package com.example;

class Orders {
  String file = "src/main/resources/prices.csv";
}
