#include "kiosk/model/json_node.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "kiosk/model/plain_text.h"

namespace mimika {

std::unexpected<Error> JsonNode::wrong(const std::string& what) const {
  return fail(ErrorCode::kInvalidInput, (place_.empty() ? "top level" : place_) + ": " + what);
}

std::string JsonNode::place_of(std::string_view key) const {
  return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
}

Status JsonNode::only_keys(std::initializer_list<std::string_view> allowed) const {
  if (!value_->is_object()) return wrong("expected an object {…}");
  for (const auto& entry : value_->items()) {
    if (std::find(allowed.begin(), allowed.end(), entry.key()) == allowed.end()) {
      return wrong("unknown key \"" + entry.key() + "\"");
    }
  }
  return {};
}

std::optional<JsonNode> JsonNode::optional_member(std::string_view key) const {
  if (!value_->is_object()) return std::nullopt;
  const auto found = value_->find(std::string(key));
  if (found == value_->end()) return std::nullopt;
  return JsonNode(*found, place_of(key));
}

Result<JsonNode> JsonNode::member(std::string_view key) const {
  if (!value_->is_object()) return wrong("expected an object {…}");
  auto found = optional_member(key);
  if (!found) return wrong("\"" + std::string(key) + "\" is missing");
  return *std::move(found);
}

Result<std::vector<JsonNode>> JsonNode::elements() const {
  if (!value_->is_array()) return wrong("expected a list […]");
  std::vector<JsonNode> nodes;
  nodes.reserve(value_->size());
  for (const auto& element : *value_) {
    nodes.emplace_back(element, place_ + "[" + std::to_string(nodes.size()) + "]");
  }
  return nodes;
}

Result<std::string> JsonNode::text(std::size_t max_bytes) const {
  const auto* value = value_->get_ptr<const std::string*>();
  if (value == nullptr) return wrong("expected a text \"…\"");
  if (trimmed(*value).empty()) return wrong("empty text");
  if (value->size() > max_bytes) {
    return wrong("text of " + std::to_string(value->size()) + " bytes, at most " + std::to_string(max_bytes));
  }
  if (!is_plain_text(*value, LineBreaks::kForbidden)) return wrong("control characters in the text");
  return *value;
}

Result<std::string> JsonNode::text(std::string_view key, std::size_t max_bytes) const {
  TRY_ASSIGN(const JsonNode node, member(key));
  return node.text(max_bytes);
}

Result<int> JsonNode::integer(int smallest, int largest) const {
  const auto* whole = value_->get_ptr<const std::int64_t*>();
  const auto range = std::to_string(smallest) + " to " + std::to_string(largest);
  if (whole == nullptr || *whole < smallest || *whole > largest) return wrong("expected a whole number, " + range);
  return static_cast<int>(*whole);
}

Result<bool> JsonNode::boolean() const {
  if (!value_->is_boolean()) return wrong("expected true or false");
  return value_->get<bool>();
}

Result<nlohmann::json> parse_json(std::string_view text) {
  using nlohmann::json;
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  std::string repeated;
  const auto watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) {
      repeated = parsed.get<std::string>();
    }
    return true;
  };
  try {
    json value = json::parse(text, watch);
    if (!repeated.empty()) {
      return fail(ErrorCode::kInvalidInput, "the key \"" + repeated + "\" stands twice in one object");
    }
    return value;
  } catch (const json::parse_error& error) {
    const std::string_view before = text.substr(0, std::min(error.byte, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return fail(ErrorCode::kInvalidInput, "not valid JSON near line " + std::to_string(line) + ": " + error.what());
  } catch (const json::exception& error) {
    return fail(ErrorCode::kInvalidInput, std::string("not valid JSON: ") + error.what());
  }
}

}  // namespace mimika
