/**
 * The system-call filter of the child: a classic BPF program for seccomp, in the form that
 * bubblewrap's --seccomp takes. It refuses new processes (threads may start), sockets, tracing, mounts,
 * namespaces and other ways into the kernel. It allows the rest, since the mount and process
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
const ARGUMENT_BYTES = 8;
const CLONE_THREAD = 0x10000;
const CLONE3 = 435;
const X32 = 0x40000000;

const REFUSED_EVERYWHERE = {
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  pidfd_open: 434,
  pidfd_getfd: 438,
};
/** O_WRONLY, O_RDWR, O_CREAT and O_TRUNC. */
const WRITE_FLAGS = 0x243;
/**
 * Also refused where there are no namespaces: signals to other processes, changes of their limits and
 * priorities, and whatever changes files.
 */
const REFUSED_WHERE_SHARED = {
  x64: {
    kill: 62,
    tkill: 200,
    tgkill: 234,
    rt_sigqueueinfo: 129,
    rt_tgsigqueueinfo: 297,
    pidfd_send_signal: 424,
    prlimit64: 302,
    setrlimit: 160,
    process_madvise: 440,
    setpriority: 141,
    sched_setparam: 142,
    sched_setscheduler: 144,
    sched_setaffinity: 203,
    creat: 85,
    openat2: 437,
    truncate: 76,
    mknod: 133,
    mknodat: 259,
    utimensat: 280,
    unlink: 87,
    unlinkat: 263,
    rename: 82,
    renameat: 264,
    renameat2: 316,
    rmdir: 84,
    mkdir: 83,
    mkdirat: 258,
    link: 86,
    linkat: 265,
    symlink: 88,
    symlinkat: 266,
    chmod: 90,
    fchmod: 91,
    fchmodat: 268,
    fchmodat2: 452,
    chown: 92,
    fchown: 93,
    lchown: 94,
    fchownat: 260,
    setxattr: 188,
    lsetxattr: 189,
    fsetxattr: 190,
    msgctl: 71,
    shmat: 30,
    semop: 65,
    mq_unlink: 241,
  },
  arm64: {
    kill: 129,
    tkill: 130,
    tgkill: 131,
    rt_sigqueueinfo: 138,
    rt_tgsigqueueinfo: 240,
    pidfd_send_signal: 424,
    prlimit64: 261,
    setrlimit: 164,
    process_madvise: 440,
    setpriority: 140,
    sched_setparam: 118,
    sched_setscheduler: 119,
    sched_setaffinity: 122,
    openat2: 437,
    truncate: 45,
    mknodat: 33,
    utimensat: 88,
    unlinkat: 35,
    renameat: 38,
    renameat2: 276,
    mkdirat: 34,
    linkat: 37,
    symlinkat: 36,
    fchmod: 52,
    fchmodat: 53,
    fchmodat2: 452,
    fchown: 55,
    fchownat: 54,
    setxattr: 5,
    lsetxattr: 6,
    fsetxattr: 7,
    msgctl: 187,
    shmat: 196,
    semop: 193,
    mq_unlink: 181,
  },
} as const;
/** Calls that open files, and the index of the argument with the flags. */
const OPEN_CALLS = { x64: { 2: 1, 257: 2 }, arm64: { 56: 2 } } as const;
const MACHINES = {
  x64: {
    architecture: 0xc000003e,
    clone: 56,
    refused: {
      ...REFUSED_EVERYWHERE,
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
      ...REFUSED_EVERYWHERE,
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

/** Writes instructions of struct sock_filter. A jump is the number of instructions to skip. */
function assembler() {
  const program: Buffer[] = [];
  const add = (code: number, k: number, whenTrue = 0, whenFalse = 0) => {
    const instruction = Buffer.alloc(8);
    instruction.writeUInt16LE(code, 0);
    instruction.writeUInt8(whenTrue, 2);
    instruction.writeUInt8(whenFalse, 3);
    instruction.writeUInt32LE(k, 4);
    program.push(instruction);
  };
  return { add, program };
}
type Add = ReturnType<typeof assembler>["add"];

/** Refuses to open files for writing. The call's number is loaded before and after. */
function refuseWriting(add: Add, machine: "x64" | "arm64"): void {
  for (const [number, argument] of Object.entries(OPEN_CALLS[machine])) {
    add(JUMP_EQUAL, Number(number), 0, 4);
    add(LOAD, FIRST_ARGUMENT + ARGUMENT_BYTES * argument);
    add(JUMP_SET, WRITE_FLAGS, 0, 1);
    add(RETURN, REFUSE | EPERM);
    add(RETURN, ALLOW);
  }
}

export interface FilterOptions {
  /** Names of refused calls that this child may make nevertheless. */
  allowed?: readonly string[];
  /** Without namespaces: the machine's files and processes are visible to the child. */
  shared?: boolean;
  machine?: string;
}

/** @throws for an architecture without a filter; `machine` is process.arch unless given */
export function seccompProgram({ allowed = [], shared, machine }: FilterOptions = {}): Uint8Array {
  const arch = machine ?? process.arch;
  if (arch !== "x64" && arch !== "arm64") {
    throw new Error(`the sandbox knows the system calls of x64 and arm64, this machine is ${arch}`);
  }
  const { architecture, clone, refused } = MACHINES[arch];
  const { add, program } = assembler();
  add(LOAD, ARCHITECTURE);
  add(JUMP_EQUAL, architecture, 1, 0);
  add(RETURN, KILL);
  add(LOAD, NUMBER);
  if (arch === "x64") {
    add(JUMP_GREATER_OR_EQUAL, X32, 0, 1);
    add(RETURN, KILL);
  }
  for (const [name, number] of Object.entries({
    ...refused,
    ...(shared ? REFUSED_WHERE_SHARED[arch] : {}),
  })) {
    if (allowed.includes(name)) continue;
    add(JUMP_EQUAL, number, 0, 1);
    add(RETURN, REFUSE | EPERM);
  }
  if (shared) refuseWriting(add, arch);
  add(JUMP_EQUAL, CLONE3, 0, 1);
  // a filter can't read clone3's flags, which are in memory; glibc falls back to clone
  add(RETURN, REFUSE | ENOSYS);
  add(JUMP_EQUAL, clone, 0, 4);
  add(LOAD, FIRST_ARGUMENT);
  add(JUMP_SET, CLONE_THREAD, 1, 0);
  add(RETURN, REFUSE | EPERM);
  add(RETURN, ALLOW);
  add(RETURN, ALLOW);
  return Buffer.concat(program);
}
