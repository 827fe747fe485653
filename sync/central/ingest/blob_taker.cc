#include "sync/central/ingest/blob_taker.h"

#include <algorithm>

#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "sync/central/central_limits.h"

namespace mimika::central {

void BlobTaker::refuse(const char* reason, const wire::BlobId& blob) {
  ++refused_[reason];
  log_warning("ingest", "device {}: a part of blob {} refused: {}", device_.value, wire::to_string(blob), reason);
}

void BlobTaker::take(Database& database, const std::vector<wire::BlobPart>& parts) {
  for (const wire::BlobPart& part : parts) {
    if (const Status taken = take_part(database, part); !taken) {
      log_error("ingest", "a part of blob {} was not stored: {}", wire::to_string(part.blob), taken.error().message);
      ++refused_["blob_storage"];
    }
  }
}

Status BlobTaker::take_part(Database& database, const wire::BlobPart& part) {
  TRY_ASSIGN(const auto row, find_blob(database, part.blob));
  if (!row || row->device != device_) {
    refuse("blob_unknown", part.blob);
    return {};
  }
  if (spoken_of_.size() < mimika::limits::kWantsPerHeader) spoken_of_.insert(part.blob);
  if (part.content.empty() && part.manifest.empty()) return {};  // a question
  const Bytes& manifest_bytes = row->manifest.empty() ? part.manifest : row->manifest;
  if (manifest_bytes.empty()) {
    refuse("blob_without_manifest", part.blob);
    return {};
  }
  const auto manifest = wire::decode_manifest(manifest_bytes, part.blob);
  if (!manifest || manifest->bytes != row->bytes) {
    refuse("blob_manifest", part.blob);
    return {};
  }
  if (part.content.size() > wire::kLeavesPerPart * wire::kLeafBytes) {
    refuse("blob_part_too_large", part.blob);
    return {};
  }
  TRY_ASSIGN(const wire::LeafMap leaves, write_leaves(*row, *manifest, part));
  if (leaves.count() == 0 && !row->manifest.empty()) return {};
  taken_ += leaves.count();
  return in_transaction(database, [&] { return add_leaves(database, part.blob, manifest_bytes, leaves); });
}

// The leaves that are new and good, on the disk.
Result<wire::LeafMap> BlobTaker::write_leaves(const BlobRow& row, const wire::Manifest& manifest,
                                              const wire::BlobPart& part) {
  const wire::LeafMap held = wire::LeafMap::from(row.held, manifest.leaves.size());
  wire::LeafMap fresh(manifest.leaves.size());
  ByteView rest = part.content;
  for (std::size_t leaf = part.first_leaf; !rest.empty(); ++leaf) {
    if (leaf >= manifest.leaves.size()) {
      refuse("blob_leaf", part.blob);
      break;
    }
    const ByteView content = rest.first(std::min(rest.size(), wire::leaf_size(manifest, leaf)));
    rest = rest.subspan(content.size());
    if (!wire::leaf_fits(manifest, leaf, content)) {
      refuse("blob_leaf", part.blob);
    } else if (held.has(leaf)) {
      ++refused_["blob_leaf_again"];
    } else {
      fresh.set(leaf);
    }
  }
  // What is left out and what is held already lies between: written over with the same, or not at all.
  for (std::size_t leaf = part.first_leaf; leaf < fresh.leaves();) {
    std::size_t end = leaf;
    while (fresh.has(end)) ++end;
    if (end > leaf) {
      const std::size_t begin_byte = (leaf - part.first_leaf) * wire::kLeafBytes;
      const std::size_t end_byte = std::min((end - part.first_leaf) * wire::kLeafBytes, part.content.size());
      TRY(files_.write(part.blob, leaf, ByteView(part.content).subspan(begin_byte, end_byte - begin_byte)));
    }
    leaf = end + 1;
  }
  return fresh;
}

Result<std::vector<wire::BlobWant>> BlobTaker::wants(Database& database) const {
  std::vector<wire::BlobWant> wants;
  for (const wire::BlobId& id : spoken_of_) {
    TRY_ASSIGN(const auto row, find_blob(database, id));
    if (row) wants.push_back({id, row->held});
  }
  TRY_ASSIGN(const auto missing, missing_blobs(database, device_, limits::kWantsVolunteered));
  for (const BlobRow& row : missing) {
    if (wants.size() < mimika::limits::kWantsPerHeader && !spoken_of_.contains(row.id)) {
      wants.push_back({row.id, row.held});
    }
  }
  return wants;
}

}  // namespace mimika::central
