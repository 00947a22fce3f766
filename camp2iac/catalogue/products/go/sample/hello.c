/* An HTTP server without a C library (Linux, x86-64): answers every request with $GREETING, at $PORT. hello:
   gcc -Os -static -nostdlib -ffreestanding -fno-stack-protector -fno-asynchronous-unwind-tables \
     -Wl,--build-id=none,-z,noseparate-code,-z,norelro -s -o hello hello.c */
typedef unsigned long u64;
static long sys(long n, long a, long b, long c, long d, long e) {
  register long r10 __asm__("r10") = d, r8 __asm__("r8") = e;
  long r;
  __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
  return r;
}
static u64 len(const char *s) { u64 n = 0; while (s[n]) n++; return n; }
static const char *get(char **env, const char *name) {
  for (; *env; env++) {
    const char *a = *env, *b = name;
    while (*b && *a == *b) a++, b++;
    if (!*b && *a == '=') return a + 1;
  }
  return "";
}
static void say(long fd, const char *s) { sys(1, fd, (long)s, len(s), 0, 0); }
__attribute__((force_align_arg_pointer)) void start(long *stack) {
  char **env = (char **)(stack + stack[0] + 2);
  static char buffer[4096];
  unsigned port = 0;
  for (const char *p = get(env, "PORT"); *p; p++) port = port * 10 + (*p - '0');
  unsigned char address[16] = {2, 0, port >> 8, port & 255};
  int yes = 1;
  long s = sys(41, 2, 1, 0, 0, 0);
  sys(54, s, 1, 2, (long)&yes, 4);
  if (sys(49, s, (long)address, 16, 0, 0) < 0 || sys(50, s, 16, 0, 0, 0) < 0) sys(60, 1, 0, 0, 0, 0);
  for (;;) {
    long c = sys(43, s, 0, 0, 0, 0);
    sys(0, c, (long)buffer, sizeof buffer, 0, 0);
    say(c, "HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
    say(c, get(env, "GREETING"));
    say(c, "\n");
    sys(48, c, 1, 0, 0, 0);
    sys(3, c, 0, 0, 0, 0);
  }
}
__asm__(".globl _start\n_start: mov %rsp, %rdi\n call start\n");
