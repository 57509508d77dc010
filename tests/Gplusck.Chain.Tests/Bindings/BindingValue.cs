using System.Numerics;
using System.Reflection;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Bindings;

/// <summary>Turns an untyped ABI value into the C# type that a binding takes.</summary>
internal static class BindingValue
{
    private static readonly MethodInfo ListOfMethod =
        typeof(BindingValue).GetMethod(nameof(ListOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static object From(object value, Type type) => value switch
    {
        BigInteger number => Number(number, type),
        byte[] bytes when type == typeof(Hash32) => Hash32.FromBytes(bytes),
        object[] items when type.IsGenericType => ListOfMethod
            .MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(null, [items])!,
        object[] members => Record(members, type),
        _ => value,
    };

    private static object Number(BigInteger number, Type type) => type switch
    {
        { IsEnum: true } => Enum.ToObject(type, (byte)number),
        _ when type == typeof(byte) => (byte)number,
        _ when type == typeof(ushort) => (ushort)number,
        _ when type == typeof(uint) => (uint)number,
        _ when type == typeof(ulong) => (ulong)number,
        _ when type == typeof(int) => (int)number,
        _ when type == typeof(BigInteger) => number,
        _ => throw new NotSupportedException($"No conversion to {type}."),
    };

    private static object Record(object[] members, Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
        return constructor.Invoke(
            [.. members.Zip(constructor.GetParameters(), (member, to) => From(member, to.ParameterType))]);
    }

    private static T[] ListOf<T>(object[] items) => [.. items.Select(item => (T)From(item, typeof(T)))];
}
