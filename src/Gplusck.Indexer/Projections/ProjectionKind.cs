namespace Gplusck.Indexer.Projections;

/// <summary>A projection that manifests may ask for.</summary>
/// <param name="Suffixes">Ends of its tables' names, behind the contract's name.</param>
/// <param name="Make">Makes it for one contract.</param>
internal sealed record ProjectionKind(string[] Suffixes, Func<ProjectionSource, Projection> Make);
