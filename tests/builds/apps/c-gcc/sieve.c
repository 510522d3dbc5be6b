int sieve(char *composite, int limit) {
  int count = 0;
  for (int i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    count++;
    for (int j = 2 * i; j <= limit; j += i) composite[j] = 1;
  }
  return count;
}
