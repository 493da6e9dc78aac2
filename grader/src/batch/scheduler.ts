/**
 * The queue of a batch. As many submissions run at a time as there are places in the quick lane.
 * One that turns out to be slow moves to the slow lane, with a lower priority, and makes room; when
 * that is full too, it goes back to the end of the queue. So a few slow ones don't hold up a class.
 */

/** Milliseconds after which a submission is slow. */
export const SLOW_SUBMISSION_MS = 5_000;

export interface Ticket {
  /** A number that no other running submission has. */
  readonly slot: number;
  /** It has been put off already, and is not put off again. */
  mustFinish: boolean;
  /** For runChild: what to do at this expense. */
  onSpent(spent: number): "go on" | "politely" | "later";
  release(): void;
}

export interface Scheduler {
  /** Waits for a place. */
  acquire(): Promise<Ticket>;
}

/**
 * @param width places in each lane
 * @param someWait whether submissions wait that have not had their turn
 */
export function openScheduler(width: number, someWait: () => boolean): Scheduler {
  const slots = Array.from({ length: 2 * width }, (_, i) => 2 * width - 1 - i);
  const waiting: (() => void)[] = [];
  let quick = 0;
  let slow = 0;
  const wake = () => {
    if (quick < width) waiting.shift()?.();
  };
  const moveOver = () => {
    quick--;
    slow++;
    wake();
  };
  const newTicket = (): Ticket => {
    const slot = slots.pop()!;
    let isSlow = false;
    const ticket: Ticket = {
      slot,
      mustFinish: false,
      onSpent(spent) {
        if (spent < SLOW_SUBMISSION_MS || isSlow || !someWait()) return "go on";
        if (slow >= width) return ticket.mustFinish ? "go on" : "later";
        isSlow = true;
        moveOver();
        return "politely";
      },
      release() {
        slots.push(slot);
        if (isSlow) slow--;
        else quick--;
        wake();
      },
    };
    return ticket;
  };
  return {
    async acquire() {
      while (quick >= width) await new Promise<void>((resolve) => waiting.push(resolve));
      quick++;
      return newTicket();
    },
  };
}
