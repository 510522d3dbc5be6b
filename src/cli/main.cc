#include "src/cli/run.h"

int main(int argc, char** argv) {
  return dfix::Run(std::vector<std::string>(argv + 1, argv + argc));
}
