// /challenge: somebody at a kiosk reads eight signs out on the telephone, and is read back the eight that answer them.
// Who answered what is kept and shown.
#include <algorithm>
#include <array>

#include "sync/central/pages/format.h"
#include "sync/central/pages/page_context.h"
#include "sync/central/store/devices.h"
#include "sync/central/workflow/staff.h"

namespace mimika::central {
namespace {

using crypto::ChallengePurpose;

constexpr int kShownAnswers = 20;
constexpr std::array<ChallengePurpose, 3> kPurposes = {ChallengePurpose::kMaintenance, ChallengePurpose::kUnlockAccount,
                                                       ChallengePurpose::kRetire};

struct ChallengeNews {
  int status = 200;
  std::string problem;
  StaffOffice::Question question;  // as it was asked
  std::optional<StaffOffice::Told> told;
};

std::string purpose_words(const PageContext& context, ChallengePurpose purpose) {
  return context.text(std::string("purpose.") + crypto::challenge_purpose_name(purpose));
}

std::string code_of(const std::vector<Device>& devices, DeviceId id) {
  const auto found = std::ranges::find(devices, id, &Device::id);
  return found == devices.end() ? std::to_string(id.value) : found->code.value;
}

void fill_question(Dictionary& body, const PageContext& context, const std::vector<Device>& devices,
                   const StaffOffice::Question& question) {
  const auto choice = [](Dictionary& into, const char* section, const std::string& id, const std::string& text,
                         bool chosen) {
    Dictionary* option = into.AddSectionDictionary(section);
    option->SetValue("ID", id);
    option->SetValue("TEXT", text);
    if (chosen) option->ShowSection("CHOSEN");
  };
  for (const Device& device : devices) {
    choice(body, "KIOSK_CHOICE", device.code.value, device.code.value + " · " + district_name(context, device.district),
           device.code.value == question.kiosk);
  }
  for (const ChallengePurpose purpose : kPurposes) {
    if (!may_answer(context.account().role, purpose)) continue;
    choice(body, "PURPOSE_CHOICE", crypto::challenge_purpose_name(purpose), purpose_words(context, purpose),
           purpose == question.purpose);
  }
  if (may_answer(context.account().role, ChallengePurpose::kUnlockAccount)) {
    body.AddSectionDictionary("WITH_ACCOUNT")->SetValue("DRAFT_LOGIN", question.account);
  }
  body.SetValue("DRAFT_SIGNS", question.signs);
}

http::Response show_challenge(const PageContext& context, const ChallengeNews& news) {
  const auto devices = list_devices(context.database);
  if (!devices) return failure_page(context, devices.error());
  const auto answers = list_challenge_answers(context.database, kShownAnswers);
  if (!answers) return failure_page(context, answers.error());
  return render(context, news.status, context.text("challenge.title"), "challenge", [&](Dictionary& body) {
    if (!news.problem.empty()) body.SetValueAndShowSection("PROBLEM", news.problem, "PROBLEM_BOX");
    if (news.told) {
      Dictionary* answer = body.AddSectionDictionary("ANSWER");
      answer->SetValue("KIOSK", news.question.kiosk);
      answer->SetValue("PURPOSE", purpose_words(context, news.question.purpose));
      answer->SetValue("SIGNS", news.told->answer);
      if (news.told->went_back) answer->ShowSection("WENT_BACK");
    }
    fill_question(body, context, *devices, news.told ? StaffOffice::Question{} : news.question);
    for (const ChallengeAnswer& one : *answers) {
      Dictionary* row = body.AddSectionDictionary("ANSWERED");
      row->SetValue("KIOSK", code_of(*devices, one.what.device));
      const std::string purpose = purpose_words(context, one.what.purpose);
      row->SetValue("PURPOSE", one.what.account.empty() ? purpose : purpose + " " + one.what.account);
      row->SetValue("BY", one.by.empty() ? context.text("challenge.command_line") : one.by);
      row->SetValue("WHEN", date_and_time(context, one.at_ms));
    }
    if (answers->empty()) body.ShowSection("NOTHING");
  });
}

std::string asked(const http::Fields& form, std::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

}  // namespace

http::Response challenge_page(const PageContext& context) {
  return show_challenge(context, {});
}

http::Response challenge_submitted(const PageContext& context, const http::Fields& form) {
  const auto purpose = crypto::parse_challenge_purpose(asked(form, "purpose"));
  if (!purpose) return error_page(context, 400, "malformed");
  ChallengeNews news;
  news.question = {asked(form, "kiosk"), *purpose,
                   *purpose == ChallengePurpose::kUnlockAccount ? asked(form, "login") : std::string(),
                   asked(form, "signs")};
  auto told = context.kit.staff.answer(context.database, desk_of(context.account()), news.question);
  if (told) {
    news.told = *std::move(told);
    return show_challenge(context, news);
  }
  switch (told.error().code) {
    case ErrorCode::kInvalidInput:
      news.status = 422;
      news.problem = context.text("challenge.misheard");
      break;
    case ErrorCode::kConflict:
      news.status = 409;
      news.problem = context.text("challenge.answered_before");
      break;
    case ErrorCode::kNotFound:
      news.status = 404;
      news.problem = context.text("challenge.no_account");
      break;
    case ErrorCode::kUnauthorised:
      news.status = 403;
      news.problem = context.text("challenge.refused");
      break;
    default:
      return failure_page(context, told.error());
  }
  return show_challenge(context, news);
}

}  // namespace mimika::central
