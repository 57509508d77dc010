using System.Net;
using System.Net.Sockets;

namespace Gplusck.Host.Devnet;

/// <summary>Ports of the loopback interface.</summary>
public static class FreePort
{
    /// <summary>A port nobody listens on at this moment.</summary>
    public static int Next()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether nobody listens on <paramref name="port"/>.</summary>
    public static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
