// Icons, marks and scenes, rasterised from our SVG drawings at the exact pixel size the first time a frame asks for
// one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kiosk/base/result.h"
#include "ui/platform/handles.h"
#include "ui/widgets/graphics.h"

namespace mimika::ui {

class PictureCache final : public PictureSource {
 public:
  // folder: assets/icons with its sub-folders icons, marks and pictures. kNotFound when one of them is missing.
  // store: where large ones are kept for the next start; may be empty.
  [[nodiscard]] static Result<std::unique_ptr<PictureCache>> open(SDL_Renderer& renderer, const std::string& folder,
                                                                  const std::string& store);
  ~PictureCache() override;

  [[nodiscard]] TextureRegion picture(const PictureRequest& request) override;
  [[nodiscard]] TextureRegion disc(int radius_px) override;
  [[nodiscard]] TextureRegion ring(int radius_px, int width_px) override;
  [[nodiscard]] Size natural_size(const std::string& name) override;

  // Of every drawing in the folder, sorted: "icons/mic", "pictures/night". Reads the disk each time.
  [[nodiscard]] std::vector<std::string> drawing_names() const;

  // A picture the program itself brings: a photo, a camera's view. Asked for as "image/<name>"; putting one again
  // replaces it. rgba: width × height × 4 bytes.
  void put_image(const std::string& name, int width, int height, std::span<const std::uint8_t> rgba);
  void forget_image(const std::string& name);
  // The person is gone: every picture that was put is forgotten, pixels and textures.
  void forget_images();

  // Between frames: frees everything rasterised when it has grown over its limit.
  void trim();
  [[nodiscard]] std::size_t bytes() const;

 private:
  explicit PictureCache(const std::string& store);
  void drop_textures_of(const std::string& image);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mimika::ui
