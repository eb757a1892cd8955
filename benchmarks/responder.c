/* The devices of the polling benchmark: one UDP socket that answers SNMP version 2c on every address of 127.0.0.0/8.
 *
 * responder PORT: a switch of 48 ports with ten temperature sensors on each address. Counters and sysUpTime move with the clock.
 * GET, GETNEXT and GETBULK over one sorted table; requests and answers go through the kernel in batches, so that it is never what
 * limits a poller. At SIGTERM it prints how many requests it answered, and its CPU seconds, as JSON.
 *
 * It trusts its requests' lengths only within the datagram: what does not parse is dropped.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ARCS = 24, OBJECTS = 2048, BATCH = 64, DATAGRAM = 16384, MOST_REPLY = 8000, MOST_NAMES = 128 };
enum { INTEGER = 2, OCTETS = 4, OBJECT_ID = 6, SEQUENCE = 0x30, COUNTER32 = 0x41, GAUGE32 = 0x42, TICKS = 0x43, COUNTER64 = 0x46 };
enum { GET = 0xA0, GET_NEXT = 0xA1, RESPONSE = 0xA2, GET_BULK = 0xA5 };

typedef struct {
  uint32_t arcs[ARCS];
  int count;
  uint8_t tag;
  uint64_t base;
  double rate; /* per second */
  const char *text;
  int text_size;
  uint8_t binding[128]; /* the variable binding as it is sent */
  int size;
} object;

static object objects[OBJECTS];
static int object_count;
static unsigned long answered;

static int put_length(uint8_t *to, int n) {
  if (n < 128) return to[0] = n, 1;
  if (n < 256) return to[0] = 0x81, to[1] = n, 2;
  return to[0] = 0x82, to[1] = n >> 8, to[2] = n, 3;
}

static int put_name(uint8_t *to, const uint32_t *arcs, int count) {
  int n = 0;
  to[n++] = arcs[0] * 40 + arcs[1];
  for (int i = 2; i < count; i++) {
    uint8_t part[5];
    int k = 0;
    uint32_t v = arcs[i];
    do part[k++] = v & 127; while (v >>= 7);
    while (k--) to[n++] = part[k] | (k ? 0x80 : 0);
  }
  return n;
}

static int put_number(uint8_t *to, uint64_t v) {
  uint8_t part[9];
  int k = 0;
  do part[k++] = v; while (v >>= 8);
  if (part[k - 1] & 0x80) part[k++] = 0;
  for (int i = 0; i < k; i++) to[i] = part[k - 1 - i];
  return k;
}

static void write_binding(object *o, double seconds) {
  uint8_t name[64], value[64];
  int name_size = put_name(name, o->arcs, o->count), value_size;
  if (o->text) {
    value_size = o->text_size;
    memcpy(value, o->text, value_size);
  } else {
    uint64_t v = o->base + (uint64_t)(o->rate * seconds);
    value_size = put_number(value, o->tag == COUNTER32 || o->tag == TICKS ? v & 0xFFFFFFFFu : v);
  }
  uint8_t *p = o->binding;
  *p++ = SEQUENCE;
  p += put_length(p, 4 + name_size + value_size);
  *p++ = OBJECT_ID, *p++ = name_size;
  memcpy(p, name, name_size), p += name_size;
  *p++ = o->tag, *p++ = value_size;
  memcpy(p, value, value_size), p += value_size;
  o->size = p - o->binding;
}

static object *add(const char *prefix, int index, uint8_t tag, uint64_t base, double rate, const char *text, int text_size) {
  object *o = &objects[object_count++];
  o->tag = tag, o->base = base, o->rate = rate, o->text = text, o->text_size = text_size;
  for (const char *p = prefix; *p; p += strcspn(p, "."), p += *p == '.') o->arcs[o->count++] = strtoul(p, 0, 10);
  o->arcs[o->count++] = index;
  return o;
}

static void add_text(const char *prefix, int index, const char *format) {
  char text[64];
  snprintf(text, sizeof text, format, index);
  char *kept = strdup(text);
  add(prefix, index, OCTETS, 0, 0, kept, strlen(kept));
}

static void make_objects(void) {
  add("1.3.6.1.2.1.1.1", 0, OCTETS, 0, 0, "Loopback switch of 48 ports", 27);
  add("1.3.6.1.2.1.1.2", 0, OBJECT_ID, 0, 0, "\x2b\x06\x01\x04\x01\x83\xf4\x01\x01\x01", 10);
  add("1.3.6.1.2.1.1.3", 0, TICKS, 8640000, 100, 0, 0);
  add("1.3.6.1.2.1.1.5", 0, OCTETS, 0, 0, "bench", 5);
  for (int i = 1; i <= 48; i++) {
    add("1.3.6.1.2.1.2.2.1.1", i, INTEGER, i, 0, 0, 0);
    add("1.3.6.1.2.1.2.2.1.7", i, INTEGER, 1, 0, 0, 0);
    add("1.3.6.1.2.1.2.2.1.8", i, INTEGER, 1, 0, 0, 0);
    add("1.3.6.1.2.1.2.2.1.13", i, COUNTER32, 17 + i, 0.01 * i, 0, 0);
    add("1.3.6.1.2.1.2.2.1.14", i, COUNTER32, 3, 0.01 * i, 0, 0);
    add("1.3.6.1.2.1.2.2.1.20", i, COUNTER32, 5, 0.01 * i, 0, 0);
    add("1.3.6.1.2.1.31.1.1.1.6", i, COUNTER64, 123456789012345ull + i * 7919ull, 8e5 * i, 0, 0);
    add("1.3.6.1.2.1.31.1.1.1.10", i, COUNTER64, 98765432109876ull + i * 104729ull, 9e5 * i, 0, 0);
    add("1.3.6.1.2.1.31.1.1.1.15", i, GAUGE32, 10000, 0, 0, 0);
    add_text("1.3.6.1.2.1.31.1.1.1.1", i, "Gi1/0/%d");
  }
  for (int i = 1001; i <= 1010; i++) {
    add_text("1.3.6.1.2.1.47.1.1.1.1.7", i, "Temperature %d");
    add("1.3.6.1.2.1.99.1.1.1.1", i, INTEGER, 8, 0, 0, 0); /* celsius, units, two decimal places */
    add("1.3.6.1.2.1.99.1.1.1.2", i, INTEGER, 9, 0, 0, 0);
    add("1.3.6.1.2.1.99.1.1.1.3", i, INTEGER, 2, 0, 0, 0);
    add("1.3.6.1.2.1.99.1.1.1.4", i, INTEGER, 3000 + i % 100, 0, 0, 0);
  }
}

static int compare(const uint32_t *a, int n, const uint32_t *b, int m) {
  for (int i = 0; i < n && i < m; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return n - m;
}

static int by_name(const void *a, const void *b) {
  const object *x = a, *y = b;
  return compare(x->arcs, x->count, y->arcs, y->count);
}

/* The first object at or after a name; after it only, if `after`. */
static int find(const uint32_t *arcs, int count, int after) {
  int low = 0, high = object_count;
  while (low < high) {
    int middle = (low + high) / 2, order = compare(objects[middle].arcs, objects[middle].count, arcs, count);
    if (after ? order <= 0 : order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

typedef struct { const uint8_t *at, *end; int tag; const uint8_t *value; int size; } reader;

/* The next element; 0 if there is none that fits. */
static int next(reader *r) {
  if (r->end - r->at < 2) return 0;
  const uint8_t *p = r->at;
  r->tag = *p++;
  int n = *p++;
  if (n & 0x80) {
    int octets = n & 0x7F;
    if (octets > 2 || r->end - p < octets) return 0;
    for (n = 0; octets--;) n = n << 8 | *p++;
  }
  if (r->end - p < n) return 0;
  r->value = p, r->size = n, r->at = p + n;
  return 1;
}

static long number(const reader *r) {
  long v = 0;
  for (int i = 0; i < r->size; i++) v = v << 8 | r->value[i];
  return v;
}

static int read_name(const reader *r, uint32_t *arcs) {
  int n = 0;
  uint32_t v = 0;
  for (int i = 0; i < r->size && n < ARCS - 1; i++) {
    v = v << 7 | (r->value[i] & 127);
    if (r->value[i] & 0x80) continue;
    if (!n) arcs[n++] = v / 40, v %= 40;
    arcs[n++] = v, v = 0;
  }
  return n;
}

static int put_missing(uint8_t *to, const reader *name, uint8_t why) {
  if (name->size > 100) return 0;
  uint8_t *p = to;
  *p++ = SEQUENCE, *p++ = 4 + name->size, *p++ = OBJECT_ID, *p++ = name->size;
  memcpy(p, name->value, name->size), p += name->size;
  *p++ = why, *p++ = 0;
  return p - to;
}

/* The answer to a datagram; its size, 0 for none. */
static int answer(const uint8_t *in, int size, uint8_t *out) {
  static uint8_t body[MOST_REPLY + 256];
  static reader names[MOST_NAMES];
  static int at[MOST_NAMES];
  int count = 0, used = 0;
  reader r = {in, in + size, 0, 0, 0};
  if (!next(&r) || r.tag != SEQUENCE) return 0;
  reader m = {r.value, r.value + r.size, 0, 0, 0};
  if (!next(&m) || !next(&m) || m.tag != OCTETS) return 0;
  const uint8_t *front = r.value, *front_end = m.at;
  if (!next(&m)) return 0;
  int kind = m.tag;
  reader p = {m.value, m.value + m.size, 0, 0, 0}, ident, first, second;
  if (kind != GET && kind != GET_NEXT && kind != GET_BULK) return 0;
  if (!next(&p)) return 0;
  ident = p;
  if (!next(&p)) return 0;
  first = p;
  if (!next(&p)) return 0;
  second = p;
  if (!next(&p) || ident.size > 8) return 0;
  reader list = {p.value, p.value + p.size, 0, 0, 0};
  while (count < MOST_NAMES && next(&list)) {
    uint32_t arcs[ARCS];
    reader name = {list.value, list.value + list.size, 0, 0, 0};
    if (!next(&name) || name.tag != OBJECT_ID) return 0;
    int n = read_name(&name, arcs), found = find(arcs, n, kind != GET);
    if (kind == GET && (found == object_count || compare(objects[found].arcs, objects[found].count, arcs, n))) found = -1;
    names[count] = name, at[count++] = found;
  }
  int once = kind == GET_BULK ? number(&first) : count, rounds = kind == GET_BULK ? number(&second) : 0;
  for (int round = 0; round <= rounds && used < MOST_REPLY; round++)
    for (int q = round ? once : 0; q < (round ? count : once < count ? once : count) && used < MOST_REPLY; q++) {
      if (at[q] >= 0 && at[q] < object_count) {
        object *o = &objects[at[q]++];
        memcpy(body + used, o->binding, o->size), used += o->size;
      } else {
        used += put_missing(body + used, &names[q], at[q] < 0 ? 0x81 : 0x82);
      }
    }
  uint8_t scratch[4];
  int list_size = 1 + put_length(scratch, used) + used, pdu_size = 2 + ident.size + 6 + list_size;
  int front_size = front_end - front, whole = front_size + 1 + put_length(scratch, pdu_size) + pdu_size;
  uint8_t *o = out;
  *o++ = SEQUENCE, o += put_length(o, whole);
  memcpy(o, front, front_size), o += front_size;
  *o++ = RESPONSE, o += put_length(o, pdu_size);
  *o++ = INTEGER, *o++ = ident.size;
  memcpy(o, ident.value, ident.size), o += ident.size;
  memcpy(o, "\2\1\0\2\1\0", 6), o += 6;
  *o++ = SEQUENCE, o += put_length(o, used);
  memcpy(o, body, used);
  return o + used - out;
}

static void end(int signal) {
  struct timespec used;
  (void)signal;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  printf("{\"requests\": %lu, \"cpu_seconds\": %.3f}\n", answered, used.tv_sec + used.tv_nsec / 1e9);
  fflush(stdout);
  _exit(0);
}

static int open_socket(int port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1, octets = 32 << 20;
  setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets)) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &octets, sizeof octets)) setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &octets, sizeof octets);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
  socklen_t size = sizeof here;
  if (bind(fd, (struct sockaddr *)&here, size)) return -1;
  getsockname(fd, (struct sockaddr *)&here, &size);
  printf("{\"port\": %d}\n", ntohs(here.sin_port));
  fflush(stdout);
  return fd;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **words) {
  static uint8_t in[BATCH][DATAGRAM], out[BATCH][DATAGRAM];
  static char in_control[BATCH][128], out_control[BATCH][CMSG_SPACE(sizeof(struct in_pktinfo))];
  static struct sockaddr_in peers[BATCH];
  static struct iovec in_spans[BATCH], out_spans[BATCH];
  static struct mmsghdr received[BATCH], sent[BATCH];
  signal(SIGTERM, end), signal(SIGINT, end);
  make_objects();
  qsort(objects, object_count, sizeof *objects, by_name);
  int fd = open_socket(count > 1 ? atoi(words[1]) : 0);
  if (fd < 0) return perror("bind"), 1;
  double begun = seconds(), told = -2;
  for (;;) {
    double now = seconds() - begun;
    if (now - told >= 1) {
      told = now;
      for (int i = 0; i < object_count; i++) write_binding(&objects[i], now);
    }
    for (int i = 0; i < BATCH; i++) {
      in_spans[i] = (struct iovec){in[i], DATAGRAM};
      received[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &in_spans[i],
                                            .msg_iovlen = 1, .msg_control = in_control[i], .msg_controllen = sizeof in_control[i]};
    }
    int n = recvmmsg(fd, received, BATCH, MSG_WAITFORONE, 0), answers = 0;
    if (n < 0 && errno != EINTR) return perror("recvmmsg"), 1;
    for (int i = 0; i < n; i++) {
      struct in_addr asked = {0};
      for (struct cmsghdr *c = CMSG_FIRSTHDR(&received[i].msg_hdr); c; c = CMSG_NXTHDR(&received[i].msg_hdr, c))
        if (c->cmsg_type == IP_PKTINFO) asked = ((struct in_pktinfo *)CMSG_DATA(c))->ipi_addr;
      if (ntohl(asked.s_addr) >> 24 != 127) continue; /* loopback only */
      int size = answer(in[i], received[i].msg_len, out[answers]);
      if (!size) continue;
      out_spans[answers] = (struct iovec){out[answers], size};
      struct msghdr head = {.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &out_spans[answers], .msg_iovlen = 1,
                            .msg_control = out_control[answers], .msg_controllen = sizeof out_control[answers]};
      struct cmsghdr *c = CMSG_FIRSTHDR(&head);
      c->cmsg_level = IPPROTO_IP, c->cmsg_type = IP_PKTINFO, c->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
      *(struct in_pktinfo *)CMSG_DATA(c) = (struct in_pktinfo){.ipi_spec_dst = asked};
      sent[answers++].msg_hdr = head;
    }
    for (int i = 0; i < answers;) {
      int done = sendmmsg(fd, sent + i, answers - i, 0);
      i += done > 0 ? done : 1;
    }
    answered += answers;
  }
}
