using Pulumi;
using Pulumi.LoadBalancing;
using Pulumi.LoadBalancing.Inputs;

return await Deployment.RunAsync(() =>
{
    var web = new LoadBalancedGroup("web", new LoadBalancedGroupArgs
    {
        AvailabilityZones = { "us-west-2a", "us-west-2b" },
        InstanceIds = { "i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003" },
        TargetGroup = new TargetGroupArgs { HealthCheck = new HealthCheckArgs { Path = "/" } },
    });

    return new Dictionary<string, object?> { ["url"] = web.Url };
});
