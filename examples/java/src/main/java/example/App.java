package example;

import com.pulumi.Pulumi;
import com.pulumi.loadbalancedgroup.LoadBalancedGroup;
import com.pulumi.loadbalancedgroup.LoadBalancedGroupArgs;
import com.pulumi.loadbalancedgroup.inputs.HealthCheckArgs;
import com.pulumi.loadbalancedgroup.inputs.TargetGroupArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(context -> {
            var web = new LoadBalancedGroup("web", LoadBalancedGroupArgs.builder()
                .availabilityZones("us-west-2a", "us-west-2b")
                .instanceIds("i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003")
                .targetGroup(TargetGroupArgs.builder()
                    .healthCheck(HealthCheckArgs.builder().path("/").build())
                    .build())
                .build());

            context.export("url", web.url());
        });
    }
}
