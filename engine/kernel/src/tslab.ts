/** The types of tslab's server of Jupyter's protocol, as far as the kernel uses it. */

/** A socket of ZeroMQ. */
export interface Socket {
  /** A publisher drops messages beyond this number; 0 for none. */
  sendHighWaterMark?: number;
  /** Rejects while an earlier message is still being sent. */
  send(parts: unknown[]): Promise<void>;
}

export type Content = Record<string, unknown>;

export interface Message {
  header: { msg_type: string };
  content: Content;
  /** A message with this one as its parent; its type and content are still to be set. */
  createReply(): Message;
  signAndSend(key: string, to: Socket): void;
}

/** The class of messages, which tslab does not export. */
export interface MessageClass {
  prototype: Message;
  fromRaw(key: string, parts: Buffer[]): Message;
}

/** Answers the requests that the server does not answer itself; each returns a reply's content. */
export interface RequestHandler {
  handleKernel(): object;
  handleIsComplete(request: Content): object;
  handleInspect(request: Content): object;
  handleComplete(request: Content): object;
  handleShutdown(request: Content): object;
  /** Called after the reply to a shutdown request. */
  close(): void;
}

export interface ZmqServer {
  connInfo: { key: string };
  iopub: Socket;
  shell: Socket;
  /** Opens the sockets. */
  init(): Promise<void>;
  bindSocket(socket: Socket, port: number): Promise<void>;
  publishStatus(status: "busy" | "idle", parent: Message): void;
  handleShellMessage(socket: Socket, ...parts: Buffer[]): Promise<void>;
  handleExecute(socket: Socket, message: Message): Promise<void>;
  handleCommInfoRequest(socket: Socket, message: Message): void;
}

/** tslab/dist/jupyter.js */
export interface JupyterModule {
  ZmqServer: new (handler: RequestHandler, connectionFile: string) => ZmqServer;
  /** What tslab's own `display` calls. */
  lastWriteDisplayData: (content: object, update: boolean) => void;
}
