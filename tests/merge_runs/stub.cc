// The program that tests/merge_runs calls `mkfifo`: it prints its arguments and
// what it inherits of the shell that starts it, and fails if FAIL names its
// first argument.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

extern char** environ;

namespace {

// Variables that shells set as they like.
bool IsTheShells(const char* variable) {
  for (const char* name : {"PWD=", "OLDPWD=", "SHLVL=", "_=", "PATH="}) {
    if (strncmp(variable, name, strlen(name)) == 0) return true;
  }
  return false;
}

void PrintInherited() {
  char folder[4096];
  const char* here = getcwd(folder, sizeof folder);
  const char* room = here == nullptr ? nullptr : strstr(here, "/run");
  const mode_t mask = umask(0);
  rlimit core;
  getrlimit(RLIMIT_CORE, &core);
  printf(" in %s mask %03o core %llu", room == nullptr ? "?" : room, mask,
         static_cast<unsigned long long>(core.rlim_cur));
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action;
    if (sigaction(number, nullptr, &action) == 0 &&
        action.sa_handler == SIG_IGN) {
      printf(" ignores %d", number);
    }
  }
  for (int file = 3; file < 9; ++file) {
    if (fcntl(file, F_GETFD) != -1) printf(" has %d", file);
  }
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!IsTheShells(*variable)) printf(" %s", *variable);
  }
  putchar('\n');
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 0; i < argc; ++i) printf("%s ", argv[i]);
  PrintInherited();
  char wanted[64];
  snprintf(wanted, sizeof wanted, " %s ", argc > 1 ? argv[1] : "");
  const char* failing = getenv("FAIL");
  return failing != nullptr && strstr(failing, wanted) != nullptr ? 1 : 0;
}
