/**
 * Comms of Jupyter's protocol, as a kernel has them: channels on which a page asks the notebook's
 * own code. A page opens one for a target by its name; the target says whether it takes it, and
 * answers each message with one. What arrives is anything that a page may send.
 */

/** Who answers on the channels of one name. */
export interface Target {
  /** Whether a channel opened with this data is taken; another one is closed at once. */
  takes(data: unknown): boolean;
  /** @returns the data of the answer */
  answer(data: unknown, opened: unknown): Promise<unknown>;
}

/** Sends a message of the protocol: its type and its content. */
export type Publish = (type: "comm_msg" | "comm_close", content: object) => void;

interface Comm {
  name: string;
  target: Target;
  opened: unknown;
}

type Content = Record<string, unknown>;

/** @param targetOf who answers for a name; undefined when nobody does */
export function createComms(targetOf: (name: string) => Target | undefined) {
  const comms = new Map<string, Comm>();
  const idOf = ({ comm_id: id }: Content) => (typeof id === "string" ? id : "");
  return {
    /** Says `{ ready: true }` on a channel that is taken. */
    open(content: Content, publish: Publish): void {
      const id = idOf(content);
      const { target_name: name } = content;
      const target = typeof name === "string" ? targetOf(name) : undefined;
      if (!target?.takes(content.data)) return publish("comm_close", { comm_id: id, data: {} });
      comms.set(id, { name: name as string, target, opened: content.data });
      publish("comm_msg", { comm_id: id, data: { ready: true } });
    },
    async message(content: Content, publish: Publish): Promise<void> {
      const id = idOf(content);
      const comm = comms.get(id);
      if (!comm) return publish("comm_close", { comm_id: id, data: {} });
      const data = await comm.target.answer(content.data, comm.opened);
      if (comms.has(id)) publish("comm_msg", { comm_id: id, data });
    },
    close(content: Content): void {
      comms.delete(idOf(content));
    },
    /** The open channels: all of them, or those of one target. */
    info({ target_name: wanted }: Content): Record<string, { target_name: string }> {
      const open = [...comms].filter(([, { name }]) => wanted === undefined || wanted === name);
      return Object.fromEntries(open.map(([id, { name }]) => [id, { target_name: name }]));
    },
  };
}
