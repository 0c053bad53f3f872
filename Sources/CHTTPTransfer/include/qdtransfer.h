#ifndef QDTRANSFER_H
#define QDTRANSFER_H

#include <stddef.h>

// HTTP by libcurl, whose options are variadic functions, which Swift cannot call.

/// A connection that is kept open from one request to the next; not for several threads at once.
typedef struct qdtransfer qdtransfer;

/// Returns NULL if memory is exhausted.
qdtransfer *qdtransfer_create(void);
void qdtransfer_destroy(qdtransfer *transfer);

/// A GET request, and what receives its response.
typedef struct {
  const char *address;
  /// Header fields, as `Name: value`.
  const char *const *fields;
  size_t field_count;
  /// The maximum time to connect, and the time over which the speed must not stay below `minimum_speed`, in seconds.
  long timeout;
  /// In bytes per second.
  long minimum_speed;
  /// The maximum time of the whole request, in milliseconds; 0 for any.
  long time_limit;
  void *context;
  /// Receives a line of a header, with its line end, also those of redirections.
  void (*header)(void *context, const char *line, size_t length);
  /// Receives bytes of the response, but not those of redirections; returns 0 to stop the transfer.
  int (*body)(void *context, const void *bytes, size_t count);
} qdtransfer_request;

/// How a transfer ended.
typedef enum {
  qdtransfer_complete,
  /// `body` stopped it.
  qdtransfer_stopped,
  qdtransfer_invalid_address,
  qdtransfer_no_host,
  qdtransfer_no_connection,
  /// Too slow, or too long.
  qdtransfer_timed_out,
  /// The connection broke before any byte of a response.
  qdtransfer_no_response,
  qdtransfer_broken,
  qdtransfer_not_http,
  qdtransfer_too_many_redirections,
  qdtransfer_insecure_redirection,
  qdtransfer_untrusted,
  qdtransfer_other,
} qdtransfer_ending;

/// Performs a request, and waits until it ends.
qdtransfer_ending qdtransfer_get(qdtransfer *transfer, const qdtransfer_request *request);

/// The status code of the last response, such as 206; 0 if there was none.
long qdtransfer_status(const qdtransfer *transfer);

/// libcurl's text for the last error, one line; valid until the next request.
const char *qdtransfer_message(const qdtransfer *transfer);

#endif
