#include "qdjson.h"

#include <new>
#include <simdjson.h>

struct qdjson_parser {
  simdjson::dom::parser parser;
  explicit qdjson_parser(size_t capacity) : parser(capacity) {}
};

qdjson_parser *qdjson_parser_create(size_t capacity) { return new (std::nothrow) qdjson_parser(capacity); }

void qdjson_parser_destroy(qdjson_parser *parser) { delete parser; }

int qdjson_parse(qdjson_parser *parser, const void *bytes, size_t count) {
  // The last argument has simdjson copy the text into a padded buffer of its own.
  return int(parser->parser.parse(static_cast<const uint8_t *>(bytes), count, true).error());
}

int qdjson_parse_padded(qdjson_parser *parser, const void *bytes, size_t count) {
  return int(parser->parser.parse(static_cast<const uint8_t *>(bytes), count, false).error());
}

const size_t qdjson_padding = simdjson::SIMDJSON_PADDING;

const char *qdjson_error_message(int code) { return simdjson::error_message(simdjson::error_code(code)); }

const uint64_t *qdjson_tape(const qdjson_parser *parser) { return parser->parser.doc.tape.get(); }

const uint8_t *qdjson_strings(const qdjson_parser *parser) { return parser->parser.doc.string_buf.get(); }
