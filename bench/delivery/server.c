/* A small Bot API server that is never what is measured: one thread, epoll, HTTP/1.1 on a loopback port, in C.
 *
 *   cc -O2 -o server server.c && ./server PORT
 *
 * For bots:     /bot<token>/<method>: getMe, getUpdates (long poll), sendMessage, editMessageText,
 *               answerCallbackQuery; every other method answers {"ok":true,"result":true}
 * For a bench:  /ctl/text?t=TEXT              what the updates say from now on (percent-encoded)
 *               /ctl/push?n=N&rate=R          make N updates, all at once (rate=0) or R a second
 *               /ctl/delay?ms=D               answer sendMessage only D ms after it came
 *               /ctl/limits?overall=A&chat=B  refuse (429) what is over A calls in any second, or B a second in a
 *                                             chat; 0: no limit
 *               /ctl/reset                    zero the counters
 *               /ctl/stats                    counters as JSON
 *               /ctl/lat                      microseconds from giving an update to the next call in its chat
 *               /ctl/calls                    when (microseconds since the reset) each sendMessage was accepted
 *
 * An update is answered by the first sendMessage to its chat after it was given.  Parameters may travel as a form, as
 * multipart, as JSON or in the address: only the few numbers that matter are picked out.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_UPDATES 2000000
#define MAX_CALLS 4000000
#define MAX_FD 4096
#define MAX_DELAYED 65536
#define USERS 2000
#define FIRST_USER 100000
#define CHATS (1 << 21)                   /* chats whose last call is remembered, by their number modulo this */

typedef struct {
    int fd, want_write, waiting;          /* waiting: a getUpdates long poll is parked here */
    long wait_offset, wait_limit;
    double wait_until;
    char *in;  size_t in_len, in_cap;
    char *out; size_t out_len, out_off, out_cap;
    unsigned generation;                  /* guards delayed answers against a re-used fd */
} Conn;

static Conn conns[MAX_FD];
static int epfd, open_conns, peak_conns, n_waiting, max_fd;
static double served_at[MAX_UPDATES], answered_at[MAX_UPDATES];
static double call_at[MAX_CALLS];
static long answers[USERS];               /* how many updates of a user were answered */
static double last_call[CHATS], limit_overall, limit_chat;
static char update_text[1024] = "hello";
static long n_getme, n_getupdates, n_send, n_edit, n_answer, n_other, n_served, n_answered, n_refused;
static double t_reset, t_first_send, t_last_send, t_first_served;
static long pushed_before, push_n;        /* updates of earlier pushes; of the current push */
static double push_start, push_rate, delay_s;
static long next_message_id = 1000, first_lat = 1;
static struct { double due; int fd; unsigned generation; long chat, mid; } delayed[MAX_DELAYED];
static unsigned delayed_head, delayed_tail;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void die(const char *what) { perror(what); exit(1); }

/* ---- output ---- */
static void arm(Conn *c, int want_write) {
    if (c->want_write == want_write) return;
    c->want_write = want_write;
    struct epoll_event ev = {.events = EPOLLIN | (want_write ? EPOLLOUT : 0), .data.fd = c->fd};
    epoll_ctl(epfd, EPOLL_CTL_MOD, c->fd, &ev);
}

static void put(Conn *c, const char *data, size_t len) {
    if (c->out_len + len > c->out_cap) {
        c->out_cap = (c->out_len + len) * 2;
        if (!(c->out = realloc(c->out, c->out_cap))) die("realloc");
    }
    memcpy(c->out + c->out_len, data, len);
    c->out_len += len;
}

static void drop(Conn *c) {
    close(c->fd);
    if (c->waiting) n_waiting--;
    c->waiting = 0; c->in_len = c->out_len = c->out_off = 0; c->fd = -1; c->generation++; open_conns--;
}

static void flush_out(Conn *c) {
    while (c->out_off < c->out_len) {
        ssize_t k = send(c->fd, c->out + c->out_off, c->out_len - c->out_off, MSG_NOSIGNAL);
        if (k < 0) {
            if (errno == EAGAIN) { arm(c, 1); return; }
            drop(c); return;
        }
        c->out_off += k;
    }
    c->out_len = c->out_off = 0;
    arm(c, 0);
}

static void reply(Conn *c, const char *body, size_t len) {
    char head[160];
    int h = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nServer: nginx/1.18.0\r\nContent-Type: application/json\r\n"
                     "Content-Length: %zu\r\nConnection: keep-alive\r\n\r\n", len);
    put(c, head, h);
    put(c, body, len);
}
#define REPLY(c, literal) reply(c, literal, sizeof(literal) - 1)

/* ---- Telegram objects ---- */
static char TEXT400[401];

static void reply_message(Conn *c, long chat, long mid) {
    char b[2048];
    int n = snprintf(b, sizeof b,
        "{\"ok\":true,\"result\":{\"message_id\":%ld,\"from\":{\"id\":7000000001,\"is_bot\":true,\"first_name\":\"Bench\","
        "\"username\":\"bench_bot\"},\"chat\":{\"id\":%ld,\"first_name\":\"User\",\"last_name\":\"Number %ld\","
        "\"username\":\"user_%ld\",\"type\":\"private\"},\"date\":1760000000,\"text\":\"%s\",\"reply_markup\":"
        "{\"inline_keyboard\":[[{\"text\":\"Balance\",\"callback_data\":\"m:bal\"},{\"text\":\"History\",\"callback_data\":\"m:his\"}],"
        "[{\"text\":\"Help\",\"callback_data\":\"m:help\"},{\"text\":\"Close\",\"callback_data\":\"m:close\"}]]}}}",
        mid, chat, chat, chat, TEXT400);
    reply(c, b, n);
}

static long available(double t) {
    if (push_rate <= 0) return pushed_before + push_n;
    long k = (long)((t - push_start) * push_rate) + 1;
    return pushed_before + (k > push_n ? push_n : k);
}

static void serve_updates(Conn *c, long offset, long limit, double t) {
    static char b[400 * 1024];
    size_t n = 0;
    long last = available(t);
    if (offset < 1) offset = 1;
    n += sprintf(b + n, "{\"ok\":true,\"result\":[");
    for (long id = offset; id <= last && id < offset + limit && id < MAX_UPDATES; id++) {
        long user = FIRST_USER + id % USERS;
        n += sprintf(b + n,
            "%s{\"update_id\":%ld,\"message\":{\"message_id\":%ld,\"from\":{\"id\":%ld,\"is_bot\":false,\"first_name\":\"User\","
            "\"last_name\":\"Number %ld\",\"username\":\"user_%ld\",\"language_code\":\"en\"},\"chat\":{\"id\":%ld,"
            "\"first_name\":\"User\",\"last_name\":\"Number %ld\",\"username\":\"user_%ld\",\"type\":\"private\"},"
            "\"date\":1760000000,\"text\":\"%s\"}}",
            id == offset ? "" : ",", id, id, user, user, user, user, user, user, update_text);
        if (!served_at[id]) {
            served_at[id] = t; n_served++;
            if (!t_first_served) t_first_served = t;
        }
    }
    n += sprintf(b + n, "]}");
    reply(c, b, n);
}

/* ---- requests ---- */
/* first run of digits after KEY, whatever encoding stands between; dflt when there is none */
static long number_after(const char *s, size_t len, const char *key, long dflt) {
    const char *p = memmem(s, len, key, strlen(key)), *end = s + len;
    if (!p) return dflt;
    p += strlen(key);
    const char *stop = p + 12 < end ? p + 12 : end;
    while (p < stop && *p != '-' && (*p < '0' || *p > '9')) p++;
    return p < stop ? strtol(p, NULL, 10) : dflt;
}

static double query_number(const char *path, const char *key, double dflt) {
    const char *p = strstr(path, key);
    return p ? strtod(p + strlen(key), NULL) : dflt;
}

static void control(Conn *c, const char *path) {
    static char *big; static size_t big_cap;
    char b[1024]; double t = now();
    if (!strncmp(path, "/ctl/push", 9)) {
        pushed_before = available(t);
        push_n = query_number(path, "n=", 0); push_rate = query_number(path, "rate=", 0); push_start = t;
        int n = sprintf(b, "{\"first_id\":%ld}", pushed_before + 1);
        reply(c, b, n);
    } else if (!strncmp(path, "/ctl/text", 9)) {
        const char *p = strstr(path, "t=");
        size_t n = 0;
        for (p = p ? p + 2 : ""; *p && n < sizeof update_text - 1; p++) {
            char hex[3] = {p[0] == '%' ? p[1] : 0, p[0] == '%' && p[1] ? p[2] : 0, 0};
            update_text[n++] = *hex ? (char)strtol(hex, NULL, 16) : *p;
            if (*hex) p += 2;
        }
        update_text[n] = 0; REPLY(c, "{}");
    } else if (!strncmp(path, "/ctl/limits", 11)) {
        limit_overall = query_number(path, "overall=", 0); limit_chat = query_number(path, "chat=", 0); REPLY(c, "{}");
    } else if (!strncmp(path, "/ctl/delay", 10)) {
        delay_s = query_number(path, "ms=", 0) / 1000; REPLY(c, "{}");
    } else if (!strncmp(path, "/ctl/reset", 10)) {
        n_getme = n_getupdates = n_send = n_edit = n_answer = n_other = n_served = n_answered = n_refused = 0;
        first_lat = available(t) + 1;
        t_first_send = t_last_send = t_first_served = 0; t_reset = t; peak_conns = open_conns; REPLY(c, "{}");
    } else if (!strncmp(path, "/ctl/stats", 10)) {
        int n = sprintf(b, "{\"getMe\":%ld,\"getUpdates\":%ld,\"sendMessage\":%ld,\"editMessageText\":%ld,\"answerCallbackQuery\":%ld,"
            "\"other\":%ld,\"served\":%ld,\"answered\":%ld,\"refused\":%ld,\"first_served\":%.6f,\"first_send\":%.6f,\"last_send\":%.6f,"
            "\"peak_conns\":%d,\"waiting\":%d}", n_getme, n_getupdates, n_send, n_edit, n_answer, n_other, n_served, n_answered, n_refused,
            t_first_served - t_reset, t_first_send - t_reset, t_last_send - t_reset, peak_conns, n_waiting);
        reply(c, b, n);
    } else if (!strncmp(path, "/ctl/lat", 8) || !strncmp(path, "/ctl/calls", 10)) {
        size_t need = 16 * (size_t)(available(t) + n_send + 16), n = 0;
        if (need > big_cap) { big_cap = need; if (!(big = realloc(big, big_cap))) die("realloc"); }
        big[n++] = '[';
        if (path[5] == 'l') {
            for (long id = first_lat; id <= available(t); id++)
                if (answered_at[id]) n += sprintf(big + n, "%.0f,", (answered_at[id] - served_at[id]) * 1e6);
        } else for (long i = 0; i < n_send && i < MAX_CALLS; i++) n += sprintf(big + n, "%.0f,", call_at[i] * 1e6);
        if (big[n - 1] == ',') n--;
        big[n++] = ']';
        reply(c, big, n);
    } else REPLY(c, "{\"error\":\"unknown control path\"}");
}

/* counts a sendMessage, and the update that it answers; 0: it is over a limit */
static int accept_call(long chat, double t) {
    double *last = &last_call[(unsigned long)chat % CHATS];
    long window = (long)limit_overall;
    if (window > 0 && n_send >= window && n_send <= MAX_CALLS && t - t_reset - call_at[n_send - window] < 1) return 0;
    if (limit_chat > 0 && t - *last < 1 / limit_chat) return 0;
    *last = t;
    if (!n_send) t_first_send = t;
    if (n_send < MAX_CALLS) call_at[n_send] = t - t_reset;
    n_send++; t_last_send = t;
    if (chat >= FIRST_USER && chat < FIRST_USER + USERS) {
        long user = chat - FIRST_USER, id = (user ? user : USERS) + answers[user] * USERS;
        if (id < MAX_UPDATES && served_at[id]) { answered_at[id] = t; n_answered++; answers[user]++; }
    }
    return 1;
}

static void refuse(Conn *c) {
    static const char body[] = "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 1\","
                               "\"parameters\":{\"retry_after\":1}}";
    char head[160];
    int h = snprintf(head, sizeof head, "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n"
                     "Content-Length: %zu\r\n\r\n", sizeof body - 1);
    put(c, head, h);
    put(c, body, sizeof body - 1);
}

static void handle(Conn *c, char *path, const char *body, size_t len) {
    if (!strncmp(path, "/ctl/", 5)) { control(c, path); return; }
    double t = now();
    char *query = strchr(path, '?');
    if (query) { *query++ = 0; if (!len) { body = query; len = strlen(query); } }
    const char *m = strrchr(path, '/');
    m = m ? m + 1 : path;
    if (!strcasecmp(m, "sendMessage") || !strcasecmp(m, "editMessageText")) {
        long chat = number_after(body, len, "chat_id", 1), mid = next_message_id++;
        if (m[0] == 'e' || m[0] == 'E') n_edit++;
        else if (!accept_call(chat, t)) {
            n_refused++;
            refuse(c);
            return;
        }
        if (delay_s > 0 && delayed_tail - delayed_head < MAX_DELAYED) {
            unsigned i = delayed_tail++ % MAX_DELAYED;
            delayed[i].due = t + delay_s; delayed[i].fd = c->fd; delayed[i].generation = c->generation;
            delayed[i].chat = chat; delayed[i].mid = mid;
        } else reply_message(c, chat, mid);
    } else if (!strcasecmp(m, "getUpdates")) {
        n_getupdates++;
        long offset = number_after(body, len, "offset", 0), limit = number_after(body, len, "limit", 100);
        long timeout = number_after(body, len, "timeout", 0);
        if (offset < 0) offset = 0;
        if (limit < 1 || limit > 100) limit = 100;
        if (available(t) >= (offset < 1 ? 1 : offset) || timeout <= 0) serve_updates(c, offset, limit, t);
        else { c->waiting = 1; n_waiting++; c->wait_offset = offset; c->wait_limit = limit; c->wait_until = t + timeout; }
    } else if (!strcasecmp(m, "getMe")) {
        n_getme++;
        REPLY(c, "{\"ok\":true,\"result\":{\"id\":7000000001,\"is_bot\":true,\"first_name\":\"Bench\",\"username\":\"bench_bot\","
                 "\"can_join_groups\":true,\"can_read_all_group_messages\":false,\"supports_inline_queries\":false,"
                 "\"can_connect_to_business\":false,\"has_main_web_app\":false}}");
    } else if (!strcasecmp(m, "answerCallbackQuery")) { n_answer++; REPLY(c, "{\"ok\":true,\"result\":true}"); }
    else { n_other++; REPLY(c, "{\"ok\":true,\"result\":true}"); }
}

/* joins the chunks of a chunked body in place; -1: not all here yet. *used: bytes it took on the wire */
static ssize_t unchunk(char *p, size_t len, size_t *used) {
    char *in = p, *end = p + len, *out = p;
    /* first pass: is it complete? (the in-place join must not run on half a body) */
    for (char *q = in;;) {
        char *nl = memmem(q, end - q, "\r\n", 2);
        if (!nl) return -1;
        size_t k = strtoul(q, NULL, 16);
        q = nl + 2 + k + 2;
        if (q > end) return -1;
        if (!k) { *used = q - p; break; }
    }
    for (;;) {
        char *nl = memmem(in, end - in, "\r\n", 2);
        size_t k = strtoul(in, NULL, 16);
        if (!k) return out - p;
        memmove(out, nl + 2, k);
        out += k; in = nl + 2 + k + 2;
    }
}

static void parse(Conn *c) {
    size_t pos = 0;
    while (pos < c->in_len && !c->waiting) {
        char *s = c->in + pos; size_t have = c->in_len - pos;
        char *eoh = memmem(s, have, "\r\n\r\n", 4);
        if (!eoh) break;
        *eoh = 0;                                   /* headers become a string; put back if the body is not all here */
        size_t head = eoh + 4 - s, body_len = 0, wire = 0;
        char *h = strcasestr(s, "\ncontent-length:"), *te = strcasestr(s, "\ntransfer-encoding: chunked");
        if (te) {
            ssize_t k = unchunk(s + head, have - head, &wire);
            if (k < 0) { *eoh = '\r'; break; }
            body_len = k;
        } else {
            if (h) body_len = strtoul(h + 16, NULL, 10);
            if (have < head + body_len) { *eoh = '\r'; break; }
            wire = body_len;
        }
        char *path = strchr(s, ' ');
        if (!path) { drop(c); return; }
        char *path_end = strchr(++path, ' ');
        if (!path_end) { drop(c); return; }
        *path_end = 0;
        handle(c, path, s + head, body_len);
        pos += head + wire;
    }
    if (pos) { memmove(c->in, c->in + pos, c->in_len - pos); c->in_len -= pos; }
    if (c->out_len) flush_out(c);
}

static void readable(Conn *c) {
    for (;;) {
        if (c->in_cap - c->in_len < 16384) {
            c->in_cap = c->in_cap ? c->in_cap * 2 : 65536;
            if (!(c->in = realloc(c->in, c->in_cap + 1))) die("realloc");
        }
        size_t room = c->in_cap - c->in_len;
        ssize_t k = recv(c->fd, c->in + c->in_len, room, 0);
        if (k == 0 || (k < 0 && errno != EAGAIN)) { drop(c); return; }
        if (k < 0) return;
        c->in_len += k;
        parse(c);
        if (c->fd < 0 || (size_t)k < room) return;
    }
}

int main(int argc, char **argv) {
    int port = argc > 1 ? atoi(argv[1]) : 8081, one = 1;
    memset(TEXT400, 'x', 400);
    for (int i = 7; i < 400; i += 8) TEXT400[i] = ' ';
    signal(SIGPIPE, SIG_IGN);
    int ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(ls, (struct sockaddr *)&a, sizeof a) || listen(ls, 1024)) die("listen");
    epfd = epoll_create1(0);
    struct epoll_event ev = {.events = EPOLLIN, .data.fd = ls}, evs[512];
    epoll_ctl(epfd, EPOLL_CTL_ADD, ls, &ev);
    for (int i = 0; i < MAX_FD; i++) conns[i].fd = -1;
    t_reset = now();
    fprintf(stderr, "mock Bot API on 127.0.0.1:%d\n", port);
    for (;;) {
        /* how long may we sleep: until the next delayed answer, scheduled update or long-poll end */
        double t = now(), due = t + 1;
        if (delayed_head != delayed_tail) due = delayed[delayed_head % MAX_DELAYED].due;
        if (n_waiting && push_rate > 0) {
            double next = push_start + (available(t) - pushed_before) / push_rate;
            if (next < due) due = next;
        }
        double dt = due > t ? due - t : 0;
        struct timespec ts = {.tv_sec = (time_t)dt, .tv_nsec = (long)((dt - (time_t)dt) * 1e9)};
        int n = epoll_pwait2(epfd, evs, 512, &ts, NULL);
        for (int i = 0; i < n; i++) {
            int fd = evs[i].data.fd;
            if (fd == ls) {
                int s;
                while ((s = accept4(ls, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                    if (s >= MAX_FD) { close(s); continue; }
                    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    conns[s].fd = s; conns[s].want_write = 0;
                    if (s > max_fd) max_fd = s;
                    if (++open_conns > peak_conns) peak_conns = open_conns;
                    struct epoll_event e = {.events = EPOLLIN, .data.fd = s};
                    epoll_ctl(epfd, EPOLL_CTL_ADD, s, &e);
                }
                continue;
            }
            if ((evs[i].events & EPOLLOUT) && conns[fd].fd >= 0) flush_out(&conns[fd]);
            if ((evs[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && conns[fd].fd >= 0) readable(&conns[fd]);
        }
        t = now();
        while (delayed_head != delayed_tail && delayed[delayed_head % MAX_DELAYED].due <= t) {
            unsigned i = delayed_head++ % MAX_DELAYED;
            Conn *c = &conns[delayed[i].fd];
            if (c->fd < 0 || c->generation != delayed[i].generation) continue;
            reply_message(c, delayed[i].chat, delayed[i].mid);
            flush_out(c);
        }
        for (int i = 0; n_waiting && i <= max_fd; i++) {
            Conn *c = &conns[i];
            if (c->fd < 0 || !c->waiting) continue;
            if (available(t) < (c->wait_offset < 1 ? 1 : c->wait_offset) && t < c->wait_until) continue;
            c->waiting = 0; n_waiting--;
            serve_updates(c, c->wait_offset, c->wait_limit, t);
            flush_out(c);
            if (c->fd >= 0 && c->in_len) parse(c);
        }
    }
}
