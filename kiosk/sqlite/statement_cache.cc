#include "kiosk/sqlite/statement_cache.h"

#include <string>
#include <utility>

namespace mimika::sqlite {

StatementCache::Loan::~Loan() {
  if (!statement_) return;
  try {
    // tryReset: a step that failed has told its caller already, and says it again here.
    static_cast<void>(statement_->tryReset());
    statement_->clearBindings();
    cache_->idle_[sql_] = std::move(statement_);
  } catch (const std::exception&) {
    statement_.reset();  // then it is compiled again next time
  }
}

StatementCache::Loan StatementCache::lend(std::string_view sql) {
  const auto idle = idle_.find(sql);
  if (idle != idle_.end() && idle->second) return {*this, sql, std::move(idle->second)};
  return {*this, sql, std::make_unique<SQLite::Statement>(database_, std::string(sql))};
}

}  // namespace mimika::sqlite
