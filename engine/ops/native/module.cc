/**
 * The module that brings these functions into Node. They work in the memory of tfjs's WASM backend,
 * in place: arguments are numbers, mostly addresses in bytes. Callers check shapes.
 */
#include <node_api.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <array>
#include <new>

#include "blocks.h"
#include "elementwise.h"
#include "flashAttention.h"
#include "inference.h"
#include "layers.h"
#include "matMul.h"

namespace {

/** The most arguments of a function. */
constexpr size_t MOST = 48;

class Arguments {
 public:
  Arguments(char* memory, const double* numbers) : memory(memory), numbers(numbers) {}
  int64_t operator[](int i) const { return static_cast<int64_t>(numbers[i]); }
  double real(int i) const { return numbers[i]; }
  float* at(int i) const { return reinterpret_cast<float*>(memory + (*this)[i]); }
  const uint8_t* bytes(int i) const { return reinterpret_cast<uint8_t*>(memory + (*this)[i]); }

 private:
  char* memory;
  const double* numbers;
};
typedef void (*Run)(const Arguments& a);

/** batches, m, n, k; for a and b: address, bytes to the next matrix, row and column; then c. */
void runMatMul(const Arguments& a) {
  const Sizes s{a[1], a[3], a[2]};
  matMul({a.at(4), a[6] / 4, a[7] / 4}, a[5] / 4, {a.at(8), a[10] / 4, a[11] / 4}, a[9] / 4,
         a.at(12), a[0], s);
}

/** GGUF's number of the type, x, m, w, n, blocks of a row, y. */
void runBlockProduct(const Arguments& a) {
  const auto run = a[0] == 3 ? blockProduct<Q4_1> : blockProduct<Q8_0>;
  run(a.at(1), a[2], a.bytes(3), a[4], a[5], a.at(6));
}

void runUnary(const Arguments& a) { unary(a[0], a.at(1), a.at(2), a[3]); }
/** op; for a and b: address, numbers to the next row, 1 where it runs along; then to, rows, n. */
void runBinary(const Arguments& a) {
  binary(a[0], {a.at(1), a[2], a[3]}, {a.at(4), a[5], a[6]}, a.at(7), a[8], a[9]);
}
void runSoftmax(const Arguments& a) {
  softmax(a.at(0), a.at(1), a[2], a[3], static_cast<float>(a.real(4)));
}
void runSoftmaxGrad(const Arguments& a) { softmaxGrad(a.at(0), a.at(1), a.at(2), a[3], a[4]); }
void runLayerNorm(const Arguments& a) {
  layerNorm(a.at(0), a.at(1), a.at(2), a.at(3), a[4], a[5], static_cast<float>(a.real(6)));
}
void runLayerNormGrad(const Arguments& a) {
  layerNormGrad(a.at(0), a.at(1), a.at(2), a.at(3), a.at(4), a.at(5), a[6], a[7],
                static_cast<float>(a.real(8)));
}
void runGelu(const Arguments& a) { exactGelu(a.at(0), a.at(1), a[2]); }
void runGeluGrad(const Arguments& a) { geluGrad(a.at(0), a.at(1), a.at(2), a[3]); }
void runGeluTanh(const Arguments& a) { geluTanh(a.at(0), a.at(1), a[2]); }
void runGeluTanhGrad(const Arguments& a) { geluTanhGrad(a.at(0), a.at(1), a.at(2), a[3]); }
void runFlashAttention(const Arguments& a) {
  flashAttention(a.at(0), a.at(1), a.at(2), a.at(3), a[4], a[5], a[6], a[7], a[8] != 0);
}
void runLinear(const Arguments& a) {
  linear(a.at(0), a.at(1), a.at(2), a.at(3), {a[4], a[5], a[6]});
}
void runLinearGrad(const Arguments& a) {
  linearGrad(a.at(0), a.at(1), a.at(2), a.at(3), a.at(4), a.at(5), {a[6], a[7], a[8]});
}

/** Weights from argument i on: GGUF's number of the type or 0, address, columns, bias or 0. */
Weights weights(const Arguments& a, int i) {
  return {a[i], a.bytes(i + 1), a[i + 2], a[i + 3] == 0 ? nullptr : a.at(i + 3)};
}
/** All products of a layer of attention, from argument 16 on. */
std::array<Weights, 4> attentionWeights(const Arguments& a) {
  return {weights(a, 16), weights(a, 20), weights(a, 24), weights(a, 28)};
}
Cache cacheOf(const Arguments& a) { return {a.at(2), a.at(3), a.at(4), a.at(5)}; }
Heads headsOf(const Arguments& a) { return {a[7], a[8], a[9], a[10], a[11], a[12]}; }
Turning turningOf(const Arguments& a) { return {a.real(14), a[15] != 0}; }
/**
 * x, C; old k and v, new k and v, y; B, T, P, H, G, D; scale, RoPE's base or 0, whether in halves;
 * the weights of q, k, v and o.
 */
void runAttentionLayer(const Arguments& a) {
  attentionLayer(a.at(0), a[1], attentionWeights(a).data(), cacheOf(a), a.at(6), headsOf(a),
                 static_cast<float>(a.real(13)), turningOf(a));
}
/** The same, and then both norms' gamma, eps; the weights of gate, up and down. */
void runDecoderBlock(const Arguments& a) {
  const Weights mlp[] = {weights(a, 35), weights(a, 39), weights(a, 43)};
  decoderBlock(a.at(0), a[1], attentionWeights(a).data(), cacheOf(a), a.at(6), headsOf(a),
               static_cast<float>(a.real(13)), turningOf(a), {a.at(32), a.at(33), a.real(34), mlp});
}
/** x, rows, C, y; the weights of gate, up and down. */
void runSwiGlu(const Arguments& a) {
  const Weights w[] = {weights(a, 4), weights(a, 8), weights(a, 12)};
  swiGlu(a.at(0), a[1], a[2], w, a.at(3));
}

/** Where the memory of this environment's backend lies; each worker of Node has its own. */
struct Place {
  char* memory = nullptr;
};
Place& placeOf(napi_env env) {
  void* place = nullptr;
  napi_get_instance_data(env, &place);
  return *static_cast<Place*>(place);
}

/**
 * Asks for large pages, from the memory's first byte to its farthest one: a product that reads all
 * weights once would wait for the address of each small page. Where there are none, nothing
 * changes.
 */
void useLargePages([[maybe_unused]] char* memory) {
#if defined(__linux__)
  constexpr size_t MOST_BYTES = 4ull << 30;
  madvise(memory, MOST_BYTES, MADV_HUGEPAGE);
#endif
}

/** memory(bytes): the memory, as a Uint8Array of all of it; again whenever it has grown. */
napi_value setMemory(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value bytes;
  napi_get_cb_info(env, info, &count, &bytes, nullptr, nullptr);
  void* data = nullptr;
  if (napi_get_typedarray_info(env, bytes, nullptr, nullptr, &data, nullptr, nullptr) != napi_ok)
    napi_throw_error(env, nullptr, "memory: expected a Uint8Array");
  char*& memory = placeOf(env).memory;
  if (memory != data) useLargePages(static_cast<char*>(data));
  memory = static_cast<char*>(data);
  return nullptr;
}

template <Run run>
napi_value call(napi_env env, napi_callback_info info) {
  napi_value given[MOST];
  size_t count = MOST;
  double numbers[MOST] = {};
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  for (size_t i = 0; i < std::min(count, MOST); i++)
    napi_get_value_double(env, given[i], &numbers[i]);
  try {
    run(Arguments(placeOf(env).memory, numbers));
  } catch (const std::bad_alloc&) {
    napi_throw_error(env, nullptr, "there is no memory left for this computation");
  }
  return nullptr;
}

void add(napi_env env, napi_value exports, const char* name, napi_callback run) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, run, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

void add(napi_env env, napi_value exports, const char* name, int64_t number) {
  napi_value value;
  napi_create_int64(env, number, &value);
  napi_set_named_property(env, exports, name, value);
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_set_instance_data(
      env, new Place, [](napi_env, void* place, void*) { delete static_cast<Place*>(place); },
      nullptr);
  add(env, exports, "memory", setMemory);
  add(env, exports, "matMul", call<runMatMul>);
  add(env, exports, "blockProduct", call<runBlockProduct>);
  add(env, exports, "unary", call<runUnary>);
  add(env, exports, "binary", call<runBinary>);
  add(env, exports, "softmax", call<runSoftmax>);
  add(env, exports, "softmaxGrad", call<runSoftmaxGrad>);
  add(env, exports, "layerNorm", call<runLayerNorm>);
  add(env, exports, "layerNormGrad", call<runLayerNormGrad>);
  add(env, exports, "gelu", call<runGelu>);
  add(env, exports, "geluGrad", call<runGeluGrad>);
  add(env, exports, "geluTanh", call<runGeluTanh>);
  add(env, exports, "geluTanhGrad", call<runGeluTanhGrad>);
  add(env, exports, "flashAttention", call<runFlashAttention>);
  add(env, exports, "linear", call<runLinear>);
  add(env, exports, "linearGrad", call<runLinearGrad>);
  add(env, exports, "attentionLayer", call<runAttentionLayer>);
  add(env, exports, "decoderBlock", call<runDecoderBlock>);
  add(env, exports, "swiGlu", call<runSwiGlu>);
  add(env, exports, "lanes", LANES);  // float32 that a vector holds
  add(env, exports, "threads", Workers::all().threads());
  return exports;
}
