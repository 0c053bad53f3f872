// Walks Quick, Draw!'s ndjson by simdjson's own `iterate_many` (on demand), every value of it: what a reader of the
// same bytes can be at best. Prints one line of JSON.
//     simdjson-walk SECONDS FILE...

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <time.h>
#include <vector>

using namespace simdjson;

struct Sums {
  uint64_t drawings = 0;
  uint64_t coordinates = 0;
  uint64_t coordinate_sum = 0;
  uint64_t keys = 0;
  uint64_t word_bytes = 0;
};

static void walk(ondemand::object record, Sums &sums) {
  for (auto field : record) {
    std::string_view name = field.unescaped_key();
    if (name == "drawing") {
      for (ondemand::array stroke : field.value().get_array()) {
        for (ondemand::array axis : stroke) {
          for (uint64_t value : axis) {
            sums.coordinates++;
            sums.coordinate_sum += value;
          }
        }
      }
    } else if (name == "key_id") {
      sums.keys ^= uint64_t(field.value().get_uint64_in_string());
    } else if (name == "word") {
      sums.word_bytes += std::string_view(field.value().get_string()).size();
    }
  }
  sums.drawings++;
}

static Sums walk(ondemand::parser &parser, const padded_string &text) {
  Sums sums;
  ondemand::document_stream stream = parser.iterate_many(text, 1 << 20);
  for (auto document : stream) walk(document.get_object(), sums);
  return sums;
}

// The processor's time of this process, which what else runs on the machine hardly changes.
static double cpu_now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

int main(int count, char **arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: simdjson-walk SECONDS FILE...\n");
    return 64;
  }
  const double wanted = std::atof(arguments[1]);
  const std::vector<std::string> paths(arguments + 2, arguments + count);
  ondemand::parser parser;
  Sums sums;
  uint64_t bytes = 0;
  double walking = 0, whole = 0;
  // The files are in memory from the first pass on, which does not count.
  for (int pass = -1; pass < 1 || whole < wanted; pass++) {
    double pass_walking = 0;
    uint64_t pass_bytes = 0;
    const double start = cpu_now();
    sums = Sums();
    for (const std::string &path : paths) {
      const padded_string text = padded_string::load(path);
      const double walk_start = cpu_now();
      const Sums part = walk(parser, text);
      pass_walking += cpu_now() - walk_start;
      pass_bytes += text.size();
      sums.drawings += part.drawings;
      sums.coordinates += part.coordinates;
      sums.coordinate_sum += part.coordinate_sum;
      sums.keys ^= part.keys;
      sums.word_bytes += part.word_bytes;
    }
    if (pass < 0) continue;
    whole += cpu_now() - start;
    walking += pass_walking;
    bytes += pass_bytes;
  }
  std::printf(
      "{\"bytes\":%llu,\"walking\":%.6f,\"seconds\":%.6f,\"drawings\":%llu,\"coordinates\":%llu,"
      "\"coordinate_sum\":%llu,\"keys\":%llu,\"word_bytes\":%llu,\"implementation\":\"%s\"}\n",
      (unsigned long long)bytes, walking, whole, (unsigned long long)sums.drawings,
      (unsigned long long)sums.coordinates, (unsigned long long)sums.coordinate_sum, (unsigned long long)sums.keys,
      (unsigned long long)sums.word_bytes, SIMDJSON_STRINGIFY(SIMDJSON_BUILTIN_IMPLEMENTATION));
}
