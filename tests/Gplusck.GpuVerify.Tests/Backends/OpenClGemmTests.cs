namespace Gplusck.GpuVerify.Tests.Backends;

[Trait("Needs", "Gpu")]
public sealed class OpenClGemmTests() : GpuGemmTests("opencl");
