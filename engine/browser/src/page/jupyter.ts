/** The parts of JupyterLite that the kernel's plugin uses, as its own packages declare them. */
import type { Content } from "../messages";

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  version: string;
  date: string;
}

export interface Message {
  channel: "shell" | "iopub" | "stdin" | "control";
  header: Header;
  parent_header: Header | object;
  metadata: object;
  content: Content;
  buffers?: unknown[];
}

export interface KernelOptions {
  id: string;
  name: string;
  location: string;
  sendMessage(message: Message): void;
}

/** `IKernel` of @jupyterlite/services. */
export interface LiteKernel {
  id: string;
  name: string;
  location: string;
  ready: Promise<void>;
  isDisposed: boolean;
  disposed: Signal;
  handleMessage(message: Message): Promise<void>;
  dispose(): void;
}

/** A signal of Lumino, and the way to send it. */
export interface Signal {
  connect(slot: (sender: unknown, args: undefined) => void, self?: object): boolean;
  disconnect(slot: (sender: unknown, args: undefined) => void, self?: object): boolean;
  emit(args: undefined): void;
}

/** `IKernelSpecs` of @jupyterlite/services. */
export interface KernelSpecs {
  register(kernel: { spec: object; create(options: KernelOptions): Promise<LiteKernel> }): void;
}

/** `IKernelClient` of @jupyterlite/services. */
export interface KernelClient {
  interrupt(id: string): Promise<void>;
}

export interface File {
  type: string;
  format: string;
  content: unknown;
}
export interface Contents {
  get(path: string, options: object): Promise<File>;
  save(path: string, file: File): Promise<unknown>;
  createCheckpoint(path: string): Promise<unknown>;
}

/** `IDefaultFileBrowser` of @jupyterlab/filebrowser. */
export interface FileBrowser {
  model: {
    items(): Iterable<{ name: string }>;
    upload(file: globalThis.File, folder?: string): Promise<{ path: string }>;
  };
}

interface Widget {
  context?: { path: string; revert(): Promise<void> };
}

export interface Application {
  hasPlugin(id: string): boolean;
  serviceManager: { contents: Contents };
  shell: { widgets(area: string): Iterable<Widget> };
  /** Signals about what the page shows. */
  restored: Promise<void>;
}
