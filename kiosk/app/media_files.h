// What was said and shown, from files in place of microphone and camera: for mimika-kiosk-ctl. A photo is made anew as
// the camera's is, small and without what its file says of time, place and device; a voice is kept as it is.
#pragma once

#include <string>
#include <vector>

#include "kiosk/device/image.h"
#include "kiosk/store/store.h"

namespace mimika {

struct MediaFiles {
  std::string voice;                // Ogg Opus; empty: none
  std::vector<std::string> photos;  // JPEG
  std::vector<std::string> papers;  // JPEG; of a service
};

class ReadMedia {
 public:
  // All of them or none. kNotFound, kTooLarge or kInvalidInput with the file's name and what is wrong with it;
  // kTooLarge for more of them than a filing takes; kInvalidInput for papers without a service, and all else with one.
  [[nodiscard]] static Result<ReadMedia> read(const MediaFiles& files, TicketKind kind);

  // As long as this lives.
  [[nodiscard]] std::vector<NewMedia> media() const;
  // Whether they tell the story, which may then have no words.
  [[nodiscard]] bool tell() const { return tell_; }

 private:
  struct One {
    MediaKind kind = MediaKind::kPhoto;
    device::WipedBytes content;
    device::WipedBytes preview;
  };
  Status add_voice(const std::string& file);
  Status add_picture(const std::string& file, MediaKind kind);

  std::vector<One> read_;
  bool tell_ = false;
};

}  // namespace mimika
