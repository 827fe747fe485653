#include "kiosk/base/result.h"

#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>

namespace mimika {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return fail(ErrorCode::kInvalidInput, "odd");
  return value / 2;
}

Result<int> quarter(int value) {
  TRY_ASSIGN(const int first, half(value));
  TRY_ASSIGN(const int second, half(first));
  return second;
}

Status check_quarter(int value) {
  TRY(quarter(value));
  return {};
}

TEST_CASE("a value travels up, an error stops on its way and keeps its words") {
  CHECK(quarter(12).value() == 3);
  CHECK(quarter(6).error().message == "odd");
  CHECK(check_quarter(8));
  CHECK(check_quarter(7).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("values that can only be moved travel too") {
  const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
  const auto use = [&]() -> Result<int> {
    TRY_ASSIGN(const std::unique_ptr<int> held, make());
    return *held;
  };
  CHECK(use().value() == 7);
}

TEST_CASE("each level adds what it was doing") {
  const auto error = fail_with(Error{ErrorCode::kStorageFull, "no space"}, "filing").error();
  CHECK(error.code == ErrorCode::kStorageFull);
  CHECK(error.message == "filing: no space");
}

TEST_CASE("every code has a name of its own") {
  std::set<std::string> names;
  const int last = static_cast<int>(ErrorCode::kInternal);
  for (int code = 0; code <= last; ++code) names.insert(error_code_name(static_cast<ErrorCode>(code)));
  CHECK(names.size() == static_cast<std::size_t>(last) + 1);
  CHECK(std::string(error_code_name(ErrorCode::kStorageFull)) == "storage_full");
}

}  // namespace
}  // namespace mimika
