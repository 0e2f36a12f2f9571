import com.pulumi.Context;
import com.pulumi.automation.ConfigValue;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs one of the programs by the Automation API: {@code Program <operation> <program>}. */
public class Program {
    private static final Map<String, Consumer<Context>> PROGRAMS = Map.of(
        "tutorial", context -> new Group("web", new GroupArgs(
            List.of("us-west-2a", "us-west-2b"),
            List.of("i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003"))));

    public static void main(String[] args) throws Exception {
        var options = LocalWorkspaceOptions.builder().workDir(Path.of("").toAbsolutePath()).build();
        var stack = LocalWorkspace.createOrSelectStack("consumer", args[1], PROGRAMS.get(args[1]), options);
        stack.setConfig("aws:region", new ConfigValue("us-west-2"));
        switch (args[0]) {
            case "preview" -> System.out.println(stack.preview().standardOutput());
            case "up" -> System.out.println(stack.up().standardOutput());
            default -> System.out.println(stack.destroy().standardOutput());
        }
    }
}

/** What a generator makes of the schema, by hand and as far as the programs use it. */
class Group extends ComponentResource {
    Group(String name, GroupArgs args) {
        super("load-balanced-group:index:LoadBalancedGroup", name, args, ComponentResourceOptions.Empty, true);
    }
}

final class GroupArgs extends ResourceArgs {
    @Import(name = "availabilityZones")
    private final List<String> availabilityZones;

    @Import(name = "instanceIds")
    private final List<String> instanceIds;

    GroupArgs(List<String> availabilityZones, List<String> instanceIds) {
        this.availabilityZones = availabilityZones;
        this.instanceIds = instanceIds;
    }
}
