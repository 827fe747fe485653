// ctemplate's header uses strlen without including it, so <cstring> comes first; this is the only place that knows.
#pragma once

// clang-format off
#include <cstring>
#include <ctemplate/template_dictionary.h>
// clang-format on
