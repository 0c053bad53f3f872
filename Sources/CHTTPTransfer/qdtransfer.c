#include "qdtransfer.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct qdtransfer {
  CURL *curl;
  CURLcode code;
  char message[CURL_ERROR_SIZE];
};

static void initialize(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

qdtransfer *qdtransfer_create(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, initialize);
  qdtransfer *transfer = calloc(1, sizeof *transfer);
  if (!transfer) return NULL;
  transfer->curl = curl_easy_init();
  if (transfer->curl) return transfer;
  free(transfer);
  return NULL;
}

void qdtransfer_destroy(qdtransfer *transfer) {
  curl_easy_cleanup(transfer->curl);
  free(transfer);
}

static size_t receive_header(char *line, size_t size, size_t count, void *context) {
  const qdtransfer_request *request = context;
  request->header(request->context, line, size * count);
  return size * count;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context) {
  const qdtransfer_request *request = context;
  // Any other number than that of the bytes ends the transfer.
  return request->body(request->context, bytes, size * count) ? size * count : size * count + 1;
}

static qdtransfer_ending ending(CURLcode code, const char *message) {
  switch (code) {
  case CURLE_OK: return qdtransfer_complete;
  case CURLE_WRITE_ERROR: return qdtransfer_stopped;
  case CURLE_URL_MALFORMAT: return qdtransfer_invalid_address;
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY: return qdtransfer_no_host;
  case CURLE_COULDNT_CONNECT: return qdtransfer_no_connection;
  case CURLE_OPERATION_TIMEDOUT: return qdtransfer_timed_out;
  case CURLE_GOT_NOTHING: return qdtransfer_no_response;
  case CURLE_PARTIAL_FILE:
  case CURLE_RECV_ERROR:
  case CURLE_SEND_ERROR: return qdtransfer_broken;
  case CURLE_TOO_MANY_REDIRECTS: return qdtransfer_too_many_redirections;
  case CURLE_PEER_FAILED_VERIFICATION: return qdtransfer_untrusted;
  case CURLE_UNSUPPORTED_PROTOCOL:
    // The scheme of a redirection, or a response of another protocol.
    return strstr(message, "HTTP/") ? qdtransfer_not_http : qdtransfer_insecure_redirection;
  case CURLE_WEIRD_SERVER_REPLY: return qdtransfer_not_http;
  default: return qdtransfer_other;
  }
}

qdtransfer_ending qdtransfer_get(qdtransfer *transfer, const qdtransfer_request *request) {
  CURL *curl = transfer->curl;
  struct curl_slist *fields = NULL;
  transfer->message[0] = 0;
  transfer->code = CURLE_OUT_OF_MEMORY;
  for (size_t index = 0; index < request->field_count; index++) {
    struct curl_slist *longer = curl_slist_append(fields, request->fields[index]);
    if (!longer) {
      curl_slist_free_all(fields);
      return qdtransfer_other;
    }
    fields = longer;
  }
  // All options of the previous request, but not its connection.
  curl_easy_reset(curl);
  int is_secure = strncmp(request->address, "https:", 6) == 0;
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->message);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_URL, request->address);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, is_secure ? "https" : "http,https");
#else
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  curl_easy_setopt(
      curl, CURLOPT_REDIR_PROTOCOLS, (long)(is_secure ? CURLPROTO_HTTPS : CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, request->timeout);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, request->timeout);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, request->minimum_speed);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request->time_limit);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, (void *)request);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, (void *)request);
  transfer->code = curl_easy_perform(curl);
  curl_slist_free_all(fields);
  return ending(transfer->code, qdtransfer_message(transfer));
}

long qdtransfer_status(const qdtransfer *transfer) {
  long status = 0;
  curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

const char *qdtransfer_message(const qdtransfer *transfer) {
  return transfer->message[0] ? transfer->message : curl_easy_strerror(transfer->code);
}
