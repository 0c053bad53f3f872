// A C face of simdjson's DOM parser. It hands out the parsed document's tape, whose layout simdjson documents in
// doc/tape.md, so that Swift can walk a document without a call for each value.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct qdjson_parser qdjson_parser;

/// Gives NULL if there is no memory. `capacity`: the longest document, in bytes.
qdjson_parser *_Nullable qdjson_parser_create(size_t capacity);
void qdjson_parser_destroy(qdjson_parser *_Nonnull parser);

/// Parses one document, which needs no padding; gives 0, or an error code for qdjson_error_message.
int qdjson_parse(qdjson_parser *_Nonnull parser, const void *_Nullable bytes, size_t count);
/// The same without a copy of the text, for a text with `qdjson_padding` readable bytes behind it.
int qdjson_parse_padded(qdjson_parser *_Nonnull parser, const void *_Nonnull bytes, size_t count);
extern const size_t qdjson_padding;
const char *_Nonnull qdjson_error_message(int code);

/// The tape and the strings of the document that was parsed last; they live until the next parse.
const uint64_t *_Nonnull qdjson_tape(const qdjson_parser *_Nonnull parser);
const uint8_t *_Nonnull qdjson_strings(const qdjson_parser *_Nonnull parser);

#ifdef __cplusplus
}
#endif
