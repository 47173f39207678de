package io.ringtape.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkout in miniature around the real launcher: sources that are an hour older than the jar, and a PATH that holds
 * the tools a system has, without java and mvn. A stand-in for each can be put there.
 */
final class Checkout
{
    private static final List<String> TOOLS = List.of(
        "cat", "cp", "find", "flock", "mkdir", "mkfifo", "mktemp", "readlink", "rm", "sed", "sleep", "tee", "touch");
    private static final Instant JAR_TIME = Instant.parse("2025-01-02T10:00:00Z");
    private static final Instant SOURCE_TIME = Instant.parse("2025-01-02T09:00:00Z");
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final Path base;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    Checkout(final Path base) throws IOException
    {
        this.base = base;
        this.home = Files.createDirectories(base.resolve("a path/with spaces"));
        for (final String folder : List.of("bin", "tmp", "user", "elsewhere", "jdk/bin"))
        {
            Files.createDirectories(base.resolve(folder));
        }
        for (final String tool : TOOLS)
        {
            pass(tool);
        }
        copy("ringtape");
        copy("core/src/main/resources/io/ringtape/jvm-flags.properties");
        for (final String file : List.of("pom.xml", "core/pom.xml", "journal/pom.xml", "cli/pom.xml",
            "bench/pom.xml", "core/src/main/java/Core.java", "journal/src/main/java/Journal.java",
            "cli/src/main/java/Cli.java", "bench/src/main/java/Bench.java"))
        {
            write(home.resolve(file), "");
        }
        age(home);
        environment.put("PATH", base.resolve("bin").toString());
        environment.put("TMPDIR", base.resolve("tmp").toString());
        environment.put("HOME", base.resolve("user").toString());
        environment.put("BASE", base.toString());
    }

    Path home()
    {
        return home;
    }

    Path jar()
    {
        return home.resolve("cli/target/ringtape.jar");
    }

    Path benchJar()
    {
        return home.resolve("bench/target/benchmarks.jar");
    }

    Path file(final String name)
    {
        return base.resolve(name);
    }

    void with(final String variable, final String value)
    {
        environment.put(variable, value);
    }

    void withoutTool(final String tool) throws IOException
    {
        Files.delete(base.resolve("bin").resolve(tool));
    }

    /** A jar that is newer than every source. */
    void putJar(final Path source) throws IOException
    {
        put(source, jar(), "cli");
    }

    void putJar() throws IOException
    {
        putJar(write(base.resolve("made.jar"), "made"));
    }

    /** A jar of the benchmarks that is newer than every source. */
    void putBenchJar() throws IOException
    {
        put(write(base.resolve("made.jar"), "made"), benchJar(), "bench");
    }

    private void put(final Path source, final Path jar, final String module) throws IOException
    {
        Files.createDirectories(jar.getParent());
        Files.copy(source, jar);
        age(home.resolve(module));
        Files.setLastModifiedTime(jar, FileTime.from(JAR_TIME));
    }

    void touch(final String file) throws IOException
    {
        Files.setLastModifiedTime(home.resolve(file), FileTime.from(JAR_TIME.plusMillis(1)));
    }

    /** A JDK in JAVA_HOME whose java says its pid and its arguments. */
    void putJava(final String version) throws IOException
    {
        script("jdk/bin/java", "echo \"pid $$\"; for a in \"$@\"; do echo \"<$a>\"; done");
        write(base.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        environment.put("JAVA_HOME", base.resolve("jdk").toString());
    }

    /** A Maven that counts its calls, says its arguments and does what the body says. */
    void putMaven(final String body) throws IOException
    {
        write(base.resolve("made.jar"), "made");
        script("bin/mvn", "echo call >>\"$BASE/calls\"; echo \"[INFO] mvn $*\"; " + body);
    }

    void putMaven() throws IOException
    {
        putMaven("mkdir -p cli/target && cp \"$BASE/made.jar\" cli/target/ringtape.jar");
    }

    void script(final String file, final String body) throws IOException
    {
        final Path script = write(base.resolve(file), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    int mavenCalls() throws IOException
    {
        final Path calls = base.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    Finished run(final String... arguments) throws IOException, InterruptedException
    {
        return runAs(home.resolve("ringtape").toString(), arguments);
    }

    Finished runAs(final String name, final String... arguments) throws IOException, InterruptedException
    {
        return Finished.run(base, base.resolve("elsewhere"), environment, command(name, arguments));
    }

    Process start(final String... arguments) throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder(command(home.resolve("ringtape").toString(), arguments))
            .directory(base.resolve("elsewhere").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Every path of the checkout with its time and size. */
    Map<String, String> snapshot() throws IOException
    {
        final Map<String, String> snapshot = new TreeMap<>();
        walk(home, (path, attributes) -> snapshot.put(
            home.relativize(path).toString(), attributes.lastModifiedTime() + " " + attributes.size()));
        return snapshot;
    }

    List<Path> leftOver() throws IOException
    {
        final List<Path> left = new ArrayList<>();
        for (final String folder : List.of("tmp", "user", "elsewhere"))
        {
            final Path root = base.resolve(folder);
            walk(root, (path, attributes) ->
            {
                if (!path.equals(root))
                {
                    left.add(path);
                }
            });
        }
        return left;
    }

    void permit(final String permissions) throws IOException
    {
        walk(home, (path, attributes) ->
        {
            if (attributes.isDirectory())
            {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
        });
    }

    private static List<String> command(final String name, final String... arguments)
    {
        final List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        return command;
    }

    private void copy(final String file) throws IOException
    {
        final Path target = home.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(REPOSITORY.resolve(file), target);
        if (Files.isExecutable(REPOSITORY.resolve(file)))
        {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void pass(final String tool) throws IOException
    {
        for (final String folder : List.of("/bin", "/usr/bin"))
        {
            if (Files.isExecutable(Path.of(folder, tool)))
            {
                // Not a link: JUnit warns of each one that leads out of the folder that it deletes.
                script("bin/" + tool, "exec " + folder + "/" + tool + " \"$@\"");
                return;
            }
        }
    }

    private static Path write(final Path file, final String text) throws IOException
    {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void age(final Path root) throws IOException
    {
        walk(root, (path, attributes) -> Files.setLastModifiedTime(path, FileTime.from(SOURCE_TIME)));
    }

    private static void walk(final Path root, final Visit visit) throws IOException
    {
        Files.walkFileTree(root, new SimpleFileVisitor<>()
        {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException
            {
                visit.at(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes)
                throws IOException
            {
                visit.at(folder, attributes);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private interface Visit
    {
        void at(Path path, BasicFileAttributes attributes) throws IOException;
    }
}
