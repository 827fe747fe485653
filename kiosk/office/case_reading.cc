// One ticket as an officer reads it.
#include "kiosk/base/wipe.h"
#include "kiosk/crypto/attachment.h"
#include "kiosk/office/office_book.h"
#include "sync/wire/event_codec.h"

namespace mimika::office {

Result<std::optional<PrivatePart>> OfficeBook::open_private(Store& store, const EventKey& key) const {
  OfficeCopy stream;
  TRY_ASSIGN(const std::optional<OfficeCopy> copy, store.office_copy(key, stream));
  if (!copy) return std::nullopt;
  TRY_ASSIGN(const Event event, wire::decode_event(key, copy->event));
  TRY_ASSIGN(const crypto::SecretBytes plain,
             crypto::open_message(key_, crypto::Recipient::kOffice, stream.sealed,
                                  event.sealed_at ? event.sealed_at->index : 0, key, copy->sealed));
  TRY_ASSIGN(PrivatePart part, wire::decode_private_part(plain.view()));
  return std::optional(std::move(part));
}

void OfficeBook::read_said(Store& store, staff::Case& read) const {
  for (const TimelineEntry& entry : read.ticket.timeline) {
    if (entry.kind != TimelineKind::kPersonReply && entry.kind != TimelineKind::kReopened) continue;
    auto said = open_private(store, entry.event);
    if (!said || !*said) continue;  // the timeline says that something was written
    read.said.push_back({entry.event, PersonalText((*said)->story)});
    wipe(**said);
  }
}

void OfficeBook::read_media(Store& store, staff::Case& read) const {
  const auto attached = store.attachments_of(read.ticket.id);
  if (!attached) return;
  for (const Event& event : *attached) {
    const auto* added = std::get_if<AttachmentAdded>(&event.payload);
    if (added == nullptr) continue;
    staff::CaseMedia media{event.key, added->media, {}};
    auto details = open_private(store, event.key);
    if (!details || !*details) continue;
    if (added->preview) {
      const auto sealed = store.attachment_file(*added->preview);
      const auto key = crypto::SecretBytes::copy_of((*details)->attachment_key);
      if (sealed) {
        auto plain = crypto::open_attachment(key, crypto::AttachmentPart::kPreview, read.ticket.id, *sealed);
        if (plain) {
          media.preview = PersonalBytes(*plain);
          wipe(*plain);
        }
      }
    }
    wipe(**details);
    read.media.push_back(std::move(media));
  }
}

Result<staff::Case> OfficeBook::read_case(Store& store, const TicketId& id, WallMs now_ms) const {
  TRY_ASSIGN(std::optional<Ticket> ticket, store.find_ticket(id));
  if (!ticket) return fail(ErrorCode::kNotFound, "no such ticket here");
  staff::Case read;
  read.mark = mark_of(*ticket, now_ms, calendar_, rule_);
  read.ticket = *std::move(ticket);
  if (is_about_staff(read.ticket)) {
    read.unreadable = staff::Unreadable::kNotForOffice;
    return read;
  }
  auto opened = open_private(store, id);
  if (!opened) {
    read.unreadable = staff::Unreadable::kDamaged;
    return read;
  }
  if (!*opened) {
    const bool here = read.ticket.id.device == store.identity().device;
    read.unreadable = here ? staff::Unreadable::kNotForOffice : staff::Unreadable::kOtherKiosk;
    return read;
  }
  PrivatePart& part = **opened;
  read.story = PersonalText(part.story);
  read.name = PersonalText(part.name);
  read.nik = PersonalText(part.nik);
  read.phone = PersonalText(part.phone);
  read.address = PersonalText(part.address);
  read.landmark = PersonalText(part.landmark);
  read.category = part.category;
  read.kampung = part.kampung;
  for (const auto& [field, answer] : part.fields) read.fields.push_back({field, PersonalText(answer)});
  wipe(part);
  read_said(store, read);
  read_media(store, read);
  return read;
}

Result<Bytes> OfficeBook::open_media(Store& store, const TicketId& ticket, const EventKey& event) const {
  TRY_ASSIGN(const std::vector<Event> attached, store.attachments_of(ticket));
  for (const Event& one : attached) {
    const auto* added = std::get_if<AttachmentAdded>(&one.payload);
    if (one.key != event || added == nullptr) continue;
    TRY_ASSIGN(std::optional<PrivatePart> details, open_private(store, event));
    if (!details) return fail(ErrorCode::kUnauthorised, "not for this office");
    const auto key = crypto::SecretBytes::copy_of(details->attachment_key);
    wipe(*details);
    TRY_ASSIGN(const Bytes sealed, store.attachment_file(added->content));
    return crypto::open_attachment(key, crypto::AttachmentPart::kContent, ticket, sealed);
  }
  return fail(ErrorCode::kNotFound, "no such attachment here");
}

}  // namespace mimika::office
