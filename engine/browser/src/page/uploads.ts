/** What a reader uploads: a sentence for what can't be a lesson, and what is open is shown anew. */
import type { Application, FileBrowser } from "./jupyter";

const LARGEST_MB = 64;

interface Notebook {
  cells?: unknown;
  metadata?: { course?: { lesson?: unknown } };
}

function notebookOf(text: string): Notebook | undefined {
  try {
    const read = JSON.parse(text) as Notebook | null;
    return Array.isArray(read?.cells) ? read! : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param isThere whether a file of this name is there already
 * @returns why a file can't be uploaded, and what to do
 */
export async function uploadTrouble(file: File, isThere: boolean): Promise<string | undefined> {
  const { name, size } = file;
  if (!name.endsWith(".ipynb")) return undefined;
  if (size > LARGEST_MB * 1e6) {
    return (
      `${name} has ${Math.round(size / 1e6)} MB, and a browser opens notebooks of up to ` +
      `${LARGEST_MB} MB: clear its outputs where it comes from.`
    );
  }
  const notebook = notebookOf(await file.text());
  if (!notebook) {
    return `${name} isn't a whole notebook: choose the file that File → Download gave you.`;
  }
  const lesson = notebook.metadata?.course?.lesson;
  if (typeof lesson !== "string" || name === `${lesson}.ipynb` || !isThere) return undefined;
  return `${name} holds lesson ${lesson}: rename the file to ${lesson}.ipynb, then upload it.`;
}

/** JupyterLab shows what is thrown here in a dialog. */
export function checkUploads({ shell }: Application, { model }: FileBrowser): void {
  const upload = model.upload.bind(model);
  model.upload = async (file, folder) => {
    const isThere = [...model.items()].some(({ name }) => name === file.name);
    const trouble = await uploadTrouble(file, isThere);
    if (trouble !== undefined) throw new Error(trouble);
    const uploaded = await upload(file, folder);
    for (const { context } of shell.widgets("main")) {
      // or the next save would ask which of the two to keep
      if (context?.path === uploaded.path) await context.revert();
    }
    return uploaded;
  };
}
