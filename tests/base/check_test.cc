#include "kiosk/base/check.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace {

// In a process of its own, because it ends there. Before Catch2 is included, whose CHECK is another one.
int exit_status_of(bool holds) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit no_core = {0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::signal(SIGABRT, SIG_DFL);
    CHECK(holds);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

#undef CHECK
#include <catch2/catch.hpp>

TEST_CASE("a check that holds does nothing") {
  const int status = exit_status_of(true);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
}

TEST_CASE("a check that fails ends the process, in release builds too") {
  const int status = exit_status_of(false);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(WTERMSIG(status) == SIGABRT);
}
