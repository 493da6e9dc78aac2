/**
 * The system-call filter of the child: a classic BPF program for seccomp, written out for
 * bubblewrap's --seccomp. It refuses new processes (threads may start), sockets, tracing, mounts,
 * namespaces and other doors into the kernel; the rest is allowed, since the mount and process
 * namespaces already leave nothing to reach. Numbers: linux/arch/*\/entry/syscalls and
 * asm-generic/unistd.h.
 */
const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_OR_EQUAL = 0x35;
const JUMP_SET = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const REFUSE = 0x00050000;
const EPERM = 1;
const ENOSYS = 38;
/**
 * Offsets into struct seccomp_data: the call's number, the architecture, the low half of its first
 * argument.
 */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;
const CLONE_THREAD = 0x10000;
const CLONE3 = 435;
const X32 = 0x40000000;

const COMMON = {
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  pidfd_open: 434,
  pidfd_getfd: 438,
};
const MACHINES = {
  x64: {
    architecture: 0xc000003e,
    clone: 56,
    refused: {
      ...COMMON,
      fork: 57,
      vfork: 58,
      ptrace: 101,
      socket: 41,
      socketpair: 53,
      bpf: 321,
      unshare: 272,
      setns: 308,
      mount: 165,
      umount2: 166,
      pivot_root: 155,
      chroot: 161,
      keyctl: 250,
      add_key: 248,
      request_key: 249,
      perf_event_open: 298,
      userfaultfd: 323,
      process_vm_readv: 310,
      process_vm_writev: 311,
      kcmp: 312,
      open_by_handle_at: 304,
      name_to_handle_at: 303,
      init_module: 175,
      finit_module: 313,
      delete_module: 176,
      kexec_load: 246,
      reboot: 169,
      swapon: 167,
      personality: 135,
      modify_ldt: 154,
      shmget: 29,
      msgget: 68,
      semget: 64,
      mq_open: 240,
      memfd_create: 319,
      mlock: 149,
      mlockall: 151,
      mlock2: 325,
      inotify_init: 253,
      inotify_init1: 294,
      quotactl: 179,
      acct: 163,
      settimeofday: 164,
      clock_settime: 227,
    },
  },
  arm64: {
    architecture: 0xc00000b7,
    clone: 220,
    refused: {
      ...COMMON,
      ptrace: 117,
      socket: 198,
      socketpair: 199,
      bpf: 280,
      unshare: 97,
      setns: 268,
      mount: 40,
      umount2: 39,
      pivot_root: 41,
      chroot: 51,
      keyctl: 219,
      add_key: 217,
      request_key: 218,
      perf_event_open: 241,
      userfaultfd: 282,
      process_vm_readv: 270,
      process_vm_writev: 271,
      kcmp: 272,
      open_by_handle_at: 265,
      name_to_handle_at: 264,
      init_module: 105,
      finit_module: 273,
      delete_module: 106,
      kexec_load: 104,
      reboot: 142,
      swapon: 224,
      personality: 92,
      shmget: 194,
      msgget: 186,
      semget: 190,
      mq_open: 180,
      memfd_create: 279,
      mlock: 228,
      mlockall: 230,
      mlock2: 284,
      inotify_init1: 26,
      quotactl: 60,
      acct: 89,
      settimeofday: 170,
      clock_settime: 112,
    },
  },
} as const;

/**
 * @param allowed calls of the list above that this child may make all the same
 * @param machine process.arch. @throws where no program is written for it
 */
export function seccompProgram(
  allowed: readonly string[] = [],
  machine: string = process.arch,
): Uint8Array {
  if (machine !== "x64" && machine !== "arm64") {
    throw new Error(
      `the sandbox knows the system calls of x64 and arm64, this machine is ${machine}`,
    );
  }
  const { architecture, clone, refused } = MACHINES[machine];
  const program: Buffer[] = [];
  /** One instruction of struct sock_filter; the jumps count instructions to skip. */
  const add = (code: number, k: number, whenTrue = 0, whenFalse = 0) => {
    const instruction = Buffer.alloc(8);
    instruction.writeUInt16LE(code, 0);
    instruction.writeUInt8(whenTrue, 2);
    instruction.writeUInt8(whenFalse, 3);
    instruction.writeUInt32LE(k, 4);
    program.push(instruction);
  };
  add(LOAD, ARCHITECTURE);
  add(JUMP_EQUAL, architecture, 1, 0);
  add(RETURN, KILL);
  add(LOAD, NUMBER);
  if (machine === "x64") {
    add(JUMP_GREATER_OR_EQUAL, X32, 0, 1);
    add(RETURN, KILL);
  }
  for (const [name, number] of Object.entries(refused)) {
    if (allowed.includes(name)) continue;
    add(JUMP_EQUAL, number, 0, 1);
    add(RETURN, REFUSE | EPERM);
  }
  add(JUMP_EQUAL, CLONE3, 0, 1);
  // its flags lie in memory, out of a filter's reach; glibc falls back to clone
  add(RETURN, REFUSE | ENOSYS);
  add(JUMP_EQUAL, clone, 0, 4);
  add(LOAD, FIRST_ARGUMENT);
  add(JUMP_SET, CLONE_THREAD, 1, 0);
  add(RETURN, REFUSE | EPERM);
  add(RETURN, ALLOW);
  add(RETURN, ALLOW);
  return Buffer.concat(program);
}
