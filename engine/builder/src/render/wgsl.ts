/** WGSL, the language of WebGPU's kernels, for highlight.js, which has none of its own. */
import type { HLJSApi, Language } from "highlight.js";

const KEYWORDS =
  "alias break case const const_assert continue continuing default diagnostic discard else enable " +
  "fn for if let loop override requires return struct switch var while";
const TYPES =
  "array atomic bool f16 f32 i32 ptr u32 vec2 vec3 vec4 mat2x2 mat3x3 mat4x4 vec2f vec3f vec4f " +
  "vec2u vec3u vec4u function private read read_write storage uniform workgroup write";

export function wgsl(hljs: HLJSApi): Language {
  return {
    name: "WGSL",
    keywords: { keyword: KEYWORDS, type: TYPES, literal: "true false" },
    contains: [
      hljs.C_LINE_COMMENT_MODE,
      hljs.C_BLOCK_COMMENT_MODE,
      { scope: "built_in", match: /@\w+/ },
      { scope: "number", match: /\b(0x[0-9a-fA-F]+|\d+(\.\d*)?([eE][+-]?\d+)?)[fhiu]?\b/ },
      { match: [/\bfn/, /\s+/, /\w+/], scope: { 1: "keyword", 3: "title.function" } },
      {
        scope: "title.function",
        match: /\b(?!if\b|for\b|while\b|switch\b|return\b)[a-zA-Z_]\w*(?=\()/,
      },
    ],
  };
}
