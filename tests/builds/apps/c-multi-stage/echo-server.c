#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void stop(int signal) { _exit(0); }

int main(void) {
  signal(SIGTERM, stop);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(7777)};
  if (bind(server, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  listen(server, 8);
  for (;;) {
    int client = accept(server, NULL, NULL);
    char buffer[256];
    ssize_t size = read(client, buffer, sizeof buffer);
    if (size > 0 && write(client, buffer, (size_t)size) < 0) return 1;
    close(client);
  }
}
