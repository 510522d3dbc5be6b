unsigned adler(const unsigned char *text, int size) {
  unsigned a = 1, b = 0;
  for (int i = 0; i < size; i++) {
    a = (a + text[i]) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}
