/**
 * Operations of our own for TensorFlow, by its C interface, and the module that brings them into
 * Node. TensorFlow checks dtypes, the functions here check shapes; results are float32.
 */
#include "tensorflow/c/kernels.h"

#include <node_api.h>

#include <initializer_list>
#include <string>

#include "flashAttention.h"
#include "layers.h"
#include "matMul.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_tensor.h"

namespace {

struct Attributes {
  float eps = 0;
  unsigned char causal = 0, transposeA = 0, transposeB = 0;
};

/** The inputs and outputs of one call. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context(context), status(TF_NewStatus()) {
    for (int i = 0; i < TF_NumInputs(context); i++) {
      TF_Tensor* t = nullptr;
      TF_GetInput(context, i, &t, status);
      held.push_back(t);
    }
  }
  ~Call() {
    for (TF_Tensor* t : held) TF_DeleteTensor(t);
    TF_DeleteStatus(status);
  }
  const float* in(int i) const { return static_cast<const float*>(TF_TensorData(held[i])); }
  int rank(int i) const { return TF_NumDims(held[i]); }
  int64_t dim(int i, int axis) const { return TF_Dim(held[i], axis < 0 ? rank(i) + axis : axis); }
  int64_t size(int i) const { return TF_TensorElementCount(held[i]); }
  std::vector<int64_t> shape(int i) const {
    std::vector<int64_t> dims;
    for (int axis = 0; axis < rank(i); axis++) dims.push_back(TF_Dim(held[i], axis));
    return dims;
  }
  float* out(int i, const std::vector<int64_t>& dims) {
    int64_t count = 1;
    for (int64_t d : dims) count *= d;
    TF_Tensor* t = TF_AllocateOutput(context, i, TF_FLOAT, dims.data(),
                                     static_cast<int>(dims.size()), 4 * count, status);
    if (TF_GetCode(status) != TF_OK) {
      TF_OpKernelContext_Failure(context, status);
      return nullptr;
    }
    held.push_back(t);
    return static_cast<float*>(TF_TensorData(t));
  }
  /** Says what does not fit and gives whether all does. */
  bool expect(bool fits, const char* otherwise) {
    if (fits) return true;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, otherwise);
    TF_OpKernelContext_Failure(context, status);
    return false;
  }

 private:
  TF_OpKernelContext* context;
  TF_Status* status;
  std::vector<TF_Tensor*> held;
};

/** Rows along the last axis: their number and their length. */
struct Rows {
  int64_t count, n;
};
Rows rowsOf(const Call& call) {
  const int64_t n = call.dim(0, -1);
  return {n == 0 ? 0 : call.size(0) / n, n};
}

bool sameShape(Call& call, int a, int b) {
  return call.expect(call.shape(a) == call.shape(b), "expected two inputs of one shape");
}
bool hasRows(Call& call) { return call.expect(call.rank(0) > 0, "expected at least one axis"); }
bool fitsRow(Call& call, int i) {
  return call.expect(call.size(i) == call.dim(0, -1),
                     "expected as many numbers as the last axis has");
}

void runLayerNorm(Call& call, const Attributes& a) {
  if (!hasRows(call) || !fitsRow(call, 1) || !fitsRow(call, 2)) return;
  float* y = call.out(0, call.shape(0));
  const auto [rows, n] = rowsOf(call);
  if (y && rows > 0) layerNorm(call.in(0), call.in(1), call.in(2), y, rows, n, a.eps);
}

void runLayerNormGrad(Call& call, const Attributes& a) {
  if (!hasRows(call) || !fitsRow(call, 1) || !sameShape(call, 0, 2)) return;
  float *dx = call.out(0, call.shape(0)), *dGamma = call.out(1, {call.dim(0, -1)}),
        *dBeta = call.out(2, {call.dim(0, -1)});
  const auto [rows, n] = rowsOf(call);
  if (dx && dGamma && dBeta && n > 0)
    layerNormGrad(call.in(0), call.in(1), call.in(2), dx, dGamma, dBeta, rows, n, a.eps);
}

void runMaskedSoftmax(Call& call, const Attributes&) {
  if (!hasRows(call)) return;
  float* y = call.out(0, call.shape(0));
  const auto [rows, n] = rowsOf(call);
  if (y && rows > 0) maskedSoftmax(call.in(0), y, rows, n);
}

void runSoftmaxGrad(Call& call, const Attributes&) {
  if (!hasRows(call) || !sameShape(call, 0, 1)) return;
  float* dx = call.out(0, call.shape(0));
  const auto [rows, n] = rowsOf(call);
  if (dx && rows > 0) softmaxGrad(call.in(0), call.in(1), dx, rows, n);
}

void runGeluTanh(Call& call, const Attributes&) {
  if (float* y = call.out(0, call.shape(0))) geluTanh(call.in(0), y, call.size(0));
}

void runGeluTanhGrad(Call& call, const Attributes&) {
  if (!sameShape(call, 0, 1)) return;
  if (float* dx = call.out(0, call.shape(0)))
    geluTanhGrad(call.in(0), call.in(1), dx, call.size(0));
}

void runFlashAttention(Call& call, const Attributes& a) {
  if (!call.expect(call.rank(0) == 4 && call.rank(1) == 4 && call.dim(0, 3) > 0,
                   "expected q, k and v of rank 4") ||
      !sameShape(call, 1, 2))
    return;
  if (!call.expect(call.dim(0, 0) == call.dim(1, 0) && call.dim(0, 1) == call.dim(1, 1) &&
                       call.dim(0, 3) == call.dim(1, 3),
                   "expected q and k with the same batch, heads and width"))
    return;
  const int64_t B = call.dim(0, 0), H = call.dim(0, 1), T = call.dim(0, 2), D = call.dim(0, 3),
                S = call.dim(1, 2);
  float* result = call.out(0, {B, H, T, D + 1});
  if (result && B * H * T > 0)
    flashAttention(call.in(0), call.in(1), call.in(2), result, B * H, T, S, D, a.causal != 0);
}

/**
 * a [..., M, K] and b [..., K, N], or with their last two axes exchanged; the axes before are
 * alike, or one operand has a single matrix.
 */
void runMatMul(Call& call, const Attributes& at) {
  if (!call.expect(call.rank(0) > 1 && call.rank(1) > 1,
                   "expected two inputs of at least two axes"))
    return;
  const bool tA = at.transposeA != 0, tB = at.transposeB != 0;
  const Sizes s{call.dim(0, tA ? -1 : -2), call.dim(0, tA ? -2 : -1), call.dim(1, tB ? -2 : -1)};
  if (!call.expect(call.dim(1, tB ? -1 : -2) == s.K, "expected as many columns of a as rows of b"))
    return;
  std::vector<int64_t> shape(std::max(call.rank(0), call.rank(1)), 1);
  int64_t batches[] = {1, 1};
  for (int i = 0; i < 2; i++) {
    for (int axis = 3; axis <= call.rank(i); axis++) {
      batches[i] *= call.dim(i, -axis);
      int64_t& dim = shape[shape.size() - axis];
      if (dim == 1) dim = call.dim(i, -axis);
    }
  }
  int64_t all = 1;
  for (int64_t dim : shape) all *= dim;
  if (!call.expect((batches[0] == all || batches[0] == 1) && (batches[1] == all || batches[1] == 1),
                   "expected the same axes before the last two, or one matrix"))
    return;
  shape[shape.size() - 2] = s.M;
  shape[shape.size() - 1] = s.N;
  float* c = call.out(0, shape);
  if (!c || all * s.M * s.N == 0) return;
  if (s.K == 0) return std::fill(c, c + all * s.M * s.N, 0.0f);
  const Strided a{call.in(0), tA ? 1 : s.K, tA ? s.M : 1},
      b{call.in(1), tB ? 1 : s.N, tB ? s.K : 1};
  // one long list of rows
  if (batches[1] == 1 && !tA && batches[0] == all)
    return matMul(a, 0, b, 0, c, 1, {all * s.M, s.K, s.N});
  matMul(a, batches[0] == 1 ? 0 : s.M * s.K, b, batches[1] == 1 ? 0 : s.K * s.N, c, all, s);
}

/** x [..., K], w [K, N], b [N] → [..., N]. */
bool fitsLinear(Call& call, Sizes& s) {
  if (!hasRows(call) ||
      !call.expect(call.rank(1) == 2 && call.dim(0, -1) == call.dim(1, 0) && call.dim(0, -1) > 0,
                   "expected a matrix w with a row for each feature of x"))
    return false;
  s = {call.size(0) / call.dim(1, 0), call.dim(1, 0), call.dim(1, 1)};
  return true;
}

void runLinear(Call& call, const Attributes&) {
  Sizes s{};
  if (!fitsLinear(call, s) ||
      !call.expect(call.size(2) == s.N, "expected as many numbers in b as w has columns"))
    return;
  std::vector<int64_t> shape = call.shape(0);
  shape.back() = s.N;
  float* y = call.out(0, shape);
  if (y && s.M * s.N > 0) linear(call.in(0), call.in(1), call.in(2), y, s);
}

void runLinearGrad(Call& call, const Attributes&) {
  Sizes s{};
  if (!fitsLinear(call, s) ||
      !call.expect(call.size(2) == s.M * s.N, "expected dy of the shape of the layer's output"))
    return;
  float *dx = call.out(0, call.shape(0)), *dw = call.out(1, call.shape(1)),
        *db = call.out(2, {s.N});
  if (!dx || !dw || !db) return;
  if (s.M * s.N > 0) return linearGrad(call.in(0), call.in(1), call.in(2), dx, dw, db, s);
  std::fill(dx, dx + s.M * s.K, 0.0f);
  std::fill(dw, dw + s.K * s.N, 0.0f);
  std::fill(db, db + s.N, 0.0f);
}

void* create(TF_OpKernelConstruction* construction) {
  auto* a = new Attributes;
  TF_Status* status = TF_NewStatus();  // an operation without the attribute keeps the default
  TF_OpKernelConstruction_GetAttrFloat(construction, "eps", &a->eps, status);
  TF_OpKernelConstruction_GetAttrBool(construction, "causal", &a->causal, status);
  TF_OpKernelConstruction_GetAttrBool(construction, "transpose_a", &a->transposeA, status);
  TF_OpKernelConstruction_GetAttrBool(construction, "transpose_b", &a->transposeB, status);
  TF_DeleteStatus(status);
  return a;
}

void destroy(void* attributes) { delete static_cast<Attributes*>(attributes); }

template <void (*RUN)(Call&, const Attributes&)>
void compute(void* attributes, TF_OpKernelContext* context) {
  Call call(context);
  RUN(call, *static_cast<Attributes*>(attributes));
}

void anyShape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

/** Registers one operation and its kernel for the processor. @returns why not, or nothing */
std::string add(const char* name, std::initializer_list<const char*> inputs,
                std::initializer_list<const char*> outputs,
                std::initializer_list<const char*> attributes,
                void (*run)(void*, TF_OpKernelContext*)) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, anyShape);
  TF_RegisterOpDefinition(definition, status);
  if (TF_GetCode(status) == TF_OK)
    TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", create, run, destroy), status);
  const std::string why = TF_GetCode(status) == TF_OK ? "" : TF_Message(status);
  TF_DeleteStatus(status);
  return why;
}

std::string addAll() {
  const std::string failures[] = {
      add("CourseLayerNorm", {"x: float", "gamma: float", "beta: float"}, {"y: float"},
          {"eps: float"}, compute<runLayerNorm>),
      add("CourseLayerNormGrad", {"x: float", "gamma: float", "dy: float"},
          {"dx: float", "dgamma: float", "dbeta: float"}, {"eps: float"},
          compute<runLayerNormGrad>),
      add("CourseMaskedSoftmax", {"x: float"}, {"y: float"}, {}, compute<runMaskedSoftmax>),
      add("CourseSoftmaxGrad", {"y: float", "dy: float"}, {"dx: float"}, {},
          compute<runSoftmaxGrad>),
      add("CourseGeluTanh", {"x: float"}, {"y: float"}, {}, compute<runGeluTanh>),
      add("CourseGeluTanhGrad", {"x: float", "dy: float"}, {"dx: float"}, {},
          compute<runGeluTanhGrad>),
      add("CourseLinear", {"x: float", "w: float", "b: float"}, {"y: float"}, {},
          compute<runLinear>),
      add("CourseLinearGrad", {"x: float", "w: float", "dy: float"},
          {"dx: float", "dw: float", "db: float"}, {}, compute<runLinearGrad>),
      add("CourseFlashAttention", {"q: float", "k: float", "v: float"}, {"y: float"},
          {"causal: bool"}, compute<runFlashAttention>),
      add("CourseMatMul", {"a: float", "b: float"}, {"c: float"},
          {"transpose_a: bool", "transpose_b: bool"}, compute<runMatMul>),
  };
  for (const std::string& why : failures)
    if (!why.empty()) return why;
  return "";
}

/**
 * A process registers operations once; each environment of Node that loads the module is told the
 * same.
 */
napi_value start(napi_env env, napi_value exports) {
  static const std::string why = addAll();
  napi_value text;
  napi_create_string_utf8(env, why.c_str(), why.size(), &text);
  napi_set_named_property(env, exports, "failure", text);
  napi_value lanes;  // float32 that a vector holds
  napi_create_int64(env, LANES, &lanes);
  napi_set_named_property(env, exports, "lanes", lanes);
  return exports;
}

}  // namespace

NAPI_MODULE(course_kernels, start)
