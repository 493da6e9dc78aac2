export function browserCode(file: URL, options?: { minify?: boolean }): string;
