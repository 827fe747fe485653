// A JSON value that knows where in its file it stands, so that a mistake is reported as "services[3].name: …". Private
// to the catalogue's readers; the JSON library stays behind it and never throws through it.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/base/result.h"

namespace mimika {

class JsonNode {
 public:
  JsonNode(const nlohmann::json& value, std::string place) : value_(&value), place_(std::move(place)) {}

  // kInvalidInput, the place in front.
  [[nodiscard]] std::unexpected<Error> wrong(const std::string& what) const;

  // An object with no key beside these: a misspelt key would otherwise be a fact silently missing.
  [[nodiscard]] Status only_keys(std::initializer_list<std::string_view> allowed) const;
  [[nodiscard]] Result<JsonNode> member(std::string_view key) const;
  [[nodiscard]] std::optional<JsonNode> optional_member(std::string_view key) const;
  [[nodiscard]] Result<std::vector<JsonNode>> elements() const;

  // Text that is not empty, plain, and at most `max_bytes` long.
  [[nodiscard]] Result<std::string> text(std::size_t max_bytes) const;
  [[nodiscard]] Result<int> integer(int smallest, int largest) const;
  [[nodiscard]] Result<bool> boolean() const;

  // The same, of a member.
  [[nodiscard]] Result<std::string> text(std::string_view key, std::size_t max_bytes) const;

  // Reads every element of the list under `key`; `read` makes a Result<Item> of a node.
  template <typename Item, typename Read>
  [[nodiscard]] Result<std::vector<Item>> list(std::string_view key, Read read) const {
    TRY_ASSIGN(const JsonNode list_node, member(key));
    TRY_ASSIGN(const std::vector<JsonNode> nodes, list_node.elements());
    std::vector<Item> items;
    items.reserve(nodes.size());
    for (const JsonNode& node : nodes) {
      TRY_ASSIGN(Item item, read(node));
      items.push_back(std::move(item));
    }
    return items;
  }

 private:
  [[nodiscard]] std::string place_of(std::string_view key) const;

  const nlohmann::json* value_;
  std::string place_;
};

// kInvalidInput with line and column when it is not JSON, and for a key that stands twice in one object.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text);

}  // namespace mimika
