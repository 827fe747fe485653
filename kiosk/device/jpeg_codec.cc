// TurboJPEG's interface and not libjpeg's own: it needs no setjmp on our side, which would jump over destructors.
#include "kiosk/device/jpeg_codec.h"

#include <turbojpeg.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"

namespace mimika::device {
namespace {

struct HandleDeleter {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, HandleDeleter>;

// A few thousand progressive scans in a small file would hold the thread for minutes.
constexpr int kDecodeFlags = TJFLAG_LIMITSCANS;

Result<PixelSize> read_size(void* handle, ByteView jpeg) {
  if (jpeg.size() > limits::kCameraFrameBytes) return fail(ErrorCode::kTooLarge, "a JPEG over the limit");
  PixelSize size;
  int subsampling = 0;
  int colours = 0;
  if (jpeg.empty() ||
      tjDecompressHeader3(handle, jpeg.data(), jpeg.size(), &size.width, &size.height, &subsampling, &colours) != 0) {
    return fail(ErrorCode::kCorrupt, "not a JPEG");
  }
  if (size.empty()) return fail(ErrorCode::kCorrupt, "a JPEG without pixels");
  if (size.width > limits::kPictureSide || size.height > limits::kPictureSide) {
    return fail(ErrorCode::kTooLarge, "a picture of too many pixels");
  }
  return size;
}

// What the decoder itself can scale to, in eighths, at no cost; what is missing to the size asked for is averaged.
PixelSize decoded_size(PixelSize size, PixelSize wanted) {
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  PixelSize best = size;
  for (int i = 0; i < count; ++i) {
    const PixelSize scaled{.width = TJSCALED(size.width, factors[i]), .height = TJSCALED(size.height, factors[i])};
    const bool enough = scaled.width >= wanted.width && scaled.height >= wanted.height;
    if (enough && scaled.width < best.width) best = scaled;
  }
  return best;
}

Status decompress(void* handle, ByteView jpeg, std::uint8_t* out, PixelSize size, int format, JpegOrigin origin) {
  if (tjDecompress2(handle, jpeg.data(), jpeg.size(), out, size.width, 0, size.height, format, kDecodeFlags) == 0) {
    return {};
  }
  const std::string_view message = tjGetErrorStr2(handle);
  const bool harmless = origin == JpegOrigin::kCamera && tjGetErrorCode(handle) == TJERR_WARNING &&
                        message.find("extraneous bytes") != std::string_view::npos;
  if (harmless) return {};
  return fail(ErrorCode::kCorrupt, "a JPEG that does not decode: " + std::string(message));
}

Handle make_handle() {
  Handle handle(tjInitDecompress());
  CHECK(handle != nullptr);  // it fails for want of memory alone
  return handle;
}

template <typename Picture>
Result<Picture> decode_once(void* handle, ByteView jpeg, PixelSize box, JpegOrigin origin) {
  TRY_ASSIGN(const PixelSize size, read_size(handle, jpeg));
  const PixelSize wanted = fit_inside(size, box);
  Picture picture;
  if constexpr (std::is_same_v<Picture, Image>) {
    picture = make_image(decoded_size(size, wanted));
    TRY(decompress(handle, jpeg, picture.rgba.data(), picture.size, TJPF_RGBA, origin));
  } else {
    picture = make_grey_image(decoded_size(size, wanted));
    TRY(decompress(handle, jpeg, picture.luma.data(), picture.size, TJPF_GRAY, origin));
  }
  if (picture.size == wanted) return picture;
  return scaled_down(picture, wanted);
}

}  // namespace

struct JpegDecoder::State {
  Handle handle = make_handle();

  template <typename Picture>
  Result<Picture> decode(ByteView jpeg, PixelSize box, JpegOrigin origin) {
    Result<Picture> picture = decode_once<Picture>(handle.get(), jpeg, box, origin);
    // A handle that met an error in a header keeps its place in it, and refuses every picture after.
    if (!picture) handle = make_handle();
    return picture;
  }
};

JpegDecoder::JpegDecoder() : state_(std::make_unique<State>()) {}
JpegDecoder::~JpegDecoder() = default;
JpegDecoder::JpegDecoder(JpegDecoder&&) noexcept = default;
JpegDecoder& JpegDecoder::operator=(JpegDecoder&&) noexcept = default;

Result<Image> JpegDecoder::rgba(ByteView jpeg, PixelSize box, JpegOrigin origin) {
  return state_->decode<Image>(jpeg, box, origin);
}

Result<GreyImage> JpegDecoder::grey(ByteView jpeg, PixelSize box, JpegOrigin origin) {
  return state_->decode<GreyImage>(jpeg, box, origin);
}

Result<WipedBytes> encode_jpeg(const Image& picture, int quality) {
  const Handle handle{tjInitCompress()};
  if (handle == nullptr) return fail(ErrorCode::kInternal, "no JPEG encoder");
  // A buffer of our own, so that what the encoder left in it can be overwritten.
  WipedBytes buffer(tjBufSize(picture.size.width, picture.size.height, TJSAMP_420));
  std::uint8_t* out = buffer.data();
  unsigned long written = buffer.size();
  if (tjCompress2(handle.get(), picture.rgba.data(), picture.size.width, 0, picture.size.height, TJPF_RGBA, &out,
                  &written, TJSAMP_420, quality, TJFLAG_NOREALLOC) != 0) {
    return fail(ErrorCode::kInternal, std::string("a picture that cannot be encoded: ") + tjGetErrorStr2(handle.get()));
  }
  WipedBytes jpeg(written);
  std::copy_n(buffer.data(), written, jpeg.data());
  return jpeg;
}

}  // namespace mimika::device
