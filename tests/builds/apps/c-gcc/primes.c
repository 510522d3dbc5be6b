#include <stdio.h>
#include <stdlib.h>

int sieve(char *composite, int limit);

int main(int argc, char **argv) {
  int limit = argc > 1 ? atoi(argv[1]) : 10;
  char *composite = calloc((size_t)limit + 1, 1);
  printf("%d primes up to %d\n", sieve(composite, limit), limit);
  free(composite);
  return 0;
}
