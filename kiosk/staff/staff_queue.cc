// The lists: the queue, and what a search found.
#include <utility>

#include "kiosk/model/plain_text.h"
#include "kiosk/staff/staff_reducers.h"

namespace mimika::staff::reducers {
namespace {

void read_queue(Change& change) {
  const Session& session = change.session;
  const RequestId id = ask(change, Waiting::kQueue);
  change.effects.emplace_back(effect::ReadQueue{.id = id, .tab = session.queue.tab, .first = session.queue.first});
}

}  // namespace

void open_queue(Change& change) {
  go(change, Screen::kQueue);
  change.session.stale = false;
  read_queue(change);
}

void show_tab(Change& change, QueueTab tab) {
  Session& session = change.session;
  if (session.screen != Screen::kQueue) return;
  if (session.queue.tab != tab) {
    session.queue.tab = tab;
    session.queue.first = 0;
    session.queue.rows.clear();
  }
  read_queue(change);
}

void show_rows(Change& change, std::uint32_t first) {
  Session& session = change.session;
  if (session.screen != Screen::kQueue) return;
  if (first >= session.queue.counts.at(static_cast<std::size_t>(session.queue.tab))) return;
  session.queue.first = first;
  read_queue(change);
}

void queue_read(Change& change, action::QueueRead& read) {
  Session& session = change.session;
  if (!answers(change, read.request, Waiting::kQueue)) return;
  if (session.screen != Screen::kQueue) return;
  session.queue = std::move(read.page);
  // Rows went away meanwhile, and the page that was asked for with them.
  const std::uint32_t count = session.queue.counts.at(static_cast<std::size_t>(session.queue.tab));
  if (session.queue.rows.empty() && count > 0 && session.queue.first > 0) {
    session.queue.first = 0;
    read_queue(change);
    return;
  }
  if (std::exchange(session.stale, false)) read_queue(change);
}

void tickets_changed(Change& change) {
  Session& session = change.session;
  if (!session.duty || session.assist) return;
  if (session.waiting != Waiting::kNothing) {
    session.stale = true;
    return;
  }
  if (session.screen == Screen::kQueue) return read_queue(change);
  if (session.screen == Screen::kTicket && session.ticket) read_case_again(change);
}

void open_search(Change& change) {
  go(change, Screen::kSearch);
  change_words(change);
}

void find_words(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kSearch || session.waiting == Waiting::kSearch) return;
  if (trimmed(session.search.view()).empty()) {
    session.trouble = Trouble::kNoWords;
    return;
  }
  session.trouble = Trouble::kNone;
  const RequestId id = ask(change, Waiting::kSearch);
  change.effects.emplace_back(effect::Search{.id = id, .words = session.search});
}

void change_words(Change& change) {
  Session& session = change.session;
  if (session.screen != Screen::kSearch) return;
  session.searched = false;
  session.hits = {};
  session.waiting = Waiting::kNothing;
}

void searched(Change& change, action::Searched& found) {
  Session& session = change.session;
  if (!answers(change, found.request, Waiting::kSearch)) return;
  if (session.screen != Screen::kSearch) return;
  session.hits = std::move(found.hits);
  session.searched = true;
}

}  // namespace mimika::staff::reducers
